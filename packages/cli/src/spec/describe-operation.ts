import { type Bundle, resolveReference, type Schema } from '@jobscope/specs'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import { formatFields } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { collectSchemas } from './combined-schemas.ts'
import type { Operation } from './operation.ts'

/** Describes an operation for JSON and YAML: its parameters, its request body and an example of the body. */
export function toPlainOperation(operation: Operation): object {
  const { service, id, method, path, summary, description, parameters, body, document } = operation
  return {
    service,
    operation: id,
    method,
    path,
    summary,
    description,
    parameters: parameters.map(({ name, in: place, required = false, description, schema }) => ({
      name,
      in: place,
      ...toPlainMember(resolveReference<Schema>(document, schema ?? {}), required),
      description,
    })),
    ...(body && {
      body: {
        mediaType: body.mediaType,
        required: body.required,
        forms: body.forms.map(({ schema }) => ({ title: schema.title, members: listPlainMembers(document, schema) })),
        example: body.examples[0]?.[1],
      },
    }),
  }
}

const toPlainMember = ({ type, enum: values, description }: Schema, required: boolean) => ({
  type: type ?? 'any',
  required,
  values,
  description,
})

const listPlainMembers = (document: Bundle, schema: Schema): object[] =>
  listMembers(document, schema).map(({ name, member, required }) => ({ name, ...toPlainMember(member, required) }))

/** Describes an operation: its parameters, its request body and an example of the body. */
export async function describeOperation(operation: Operation, terminal: Terminal): Promise<string> {
  const { service, id, method, path, summary, description, parameters, body, document } = operation
  const heading = (text: string) => terminal.paint('bold', text)
  const title = `${heading(`${service}.${id}`)}  ${terminal.paint('dim', `${method} ${path}`)}`
  const sections = [`${title}\n${summary}. ${toOneLine(description)}\n`]
  if (parameters.length > 0) {
    const fields = parameters.map(({ name, required = false, description, schema }) => {
      const type = formatType(resolveReference<Schema>(document, schema ?? {}))
      return [name, describeMember({ type, required, description })] as const
    })
    sections.push(`${heading('Parameters')}\n${formatFields(fields, terminal)}`)
  }
  if (body) {
    const bodyTitle = `Request body (${body.mediaType}${body.required ? ', required' : ''})`
    for (const [index, { schema }] of body.forms.entries()) {
      const form = body.forms.length === 1 ? '' : `, form ${index + 1} of ${body.forms.length}: ${schema.title ?? ''}`
      sections.push(`${heading(`${bodyTitle}${form}`)}\n${formatFields(describeMembers(document, schema), terminal)}`)
    }
    const [example] = body.examples
    if (example) {
      const { stringify } = await import('yaml')
      const text = removeControlCharacters(stringify(example[1], { lineWidth: 0 }))
      sections.push(`${heading('Example of the request body')}\n${text}`)
    }
  }
  return sections.join('\n')
}

/** The members of an object, including the members of the schemas that its schema combines. */
function listMembers(document: Bundle, schema: Schema) {
  const parts = collectSchemas(document, schema)
  const requiredNames = new Set(parts.flatMap(({ required = [] }) => required))
  const members = new Map(parts.flatMap(({ properties = {} }) => Object.entries(properties)))
  return [...members].map(([name, member]) => ({
    name,
    member: resolveReference(document, member),
    required: requiredNames.has(name),
  }))
}

const describeMembers = (document: Bundle, schema: Schema): (readonly [name: string, description: string])[] =>
  listMembers(document, schema).map(({ name, member, required }) => [
    name,
    describeMember({ type: formatType(member), required, description: member.description }),
  ])

interface Member {
  readonly type: string
  readonly required: boolean
  readonly description: string | undefined
}

const describeMember = ({ type, required, description = '' }: Member): string =>
  toOneLine(`${type}${required ? ', required' : ''}: ${description}`)

const formatType = ({ type, enum: values }: Schema): string =>
  values ? values.map(value => JSON.stringify(value)).join(' | ') : [type ?? 'any'].flat().join(' or ')
