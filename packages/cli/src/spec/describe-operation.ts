import { clean, oneLine } from '../terminal/sanitize.ts'
import { record } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { resolve, type Schema } from './document.ts'
import type { Operation } from './operation.ts'

/** An operation for people: its arguments, its body and an example of it. */
export async function describe(operation: Operation, terminal: Terminal): Promise<string> {
  const { service, id, method, path, summary, description, parameters, body, document } = operation
  const title = (text: string) => terminal.paint('bold', text)
  const parts = [
    `${title(`${service}.${id}`)}  ${terminal.paint('dim', `${method} ${path}`)}\n${summary}. ${oneLine(description)}\n`,
  ]
  if (parameters.length > 0) {
    const rows = parameters.map(({ name, required, description = '', schema }) => {
      const type = typeText(resolve(document, schema))
      return [name, oneLine(`${type}${required ? ', required' : ''}: ${description}`)] as const
    })
    parts.push(`${title('Parameters')}\n${record(rows, terminal)}`)
  }
  if (body) {
    const schema = resolve<Schema>(document, { $ref: `#${body.schemaAt}` })
    const rows = Object.entries(schema.properties ?? {}).map(([name, member]) => {
      const { description = '', ...rest } = resolve(document, member)
      const required = schema.required?.includes(name) ? ', required' : ''
      return [name, oneLine(`${typeText(rest)}${required}: ${description}`)] as const
    })
    parts.push(`${title(`Body (${body.mediaType}${body.required ? ', required' : ''})`)}\n${record(rows, terminal)}`)
    const [example] = body.examples
    if (example) {
      const { stringify } = await import('yaml')
      parts.push(`${title('Example of a body')}\n${clean(stringify(example[1], { lineWidth: 0 }))}`)
    }
  }
  return parts.join('\n')
}

const typeText = ({ type, enum: values }: Schema): string =>
  values ? values.map(value => JSON.stringify(value)).join(' | ') : [type ?? 'any'].flat().join(' or ')
