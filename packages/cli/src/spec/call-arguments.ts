import { didYouMean } from '../did-you-mean.ts'
import type { SourceText } from '../input-file.ts'
import { UsageError } from '../usage-error.ts'
import { slipsIn } from './misspelled-names.ts'
import type { Operation } from './operation.ts'
import { argumentValidator, validator } from './violations.ts'

/** What the call of an operation takes besides the body, by where the client wants it. */
export interface Arguments {
  readonly args: { readonly [name: string]: unknown }
  readonly headers: { readonly [name: string]: string }
}

/**
 * Arguments of a call from names and texts: numbers and lists where the spec wants them (a name that comes twice is a list).
 *
 * @param known names that the client fills in by itself, which need not be given
 * @throws UsageError naming every argument that is unknown, missing or wrong
 */
export function argumentsOf(
  operation: Operation,
  pairs: readonly (readonly [name: string, value: string])[],
  known: readonly string[],
): Arguments {
  const { id, parameters, document } = operation
  const names = parameters.map(({ name }) => name)
  const values: { [name: string]: unknown } = {}
  for (const [name, value] of pairs) {
    if (!names.includes(name)) {
      const others = names.length > 0 ? `: it takes ${names.join(', ')}` : ': it takes none'
      throw new UsageError(`${id} has no parameter ${name}${didYouMean(name, names) || others}`)
    }
    values[name] = name in values ? [values[name], value].flat() : value
  }
  const required = parameters.filter(({ name, required }) => required && !known.includes(name)).map(({ name }) => name)
  const schemas = Object.fromEntries(parameters.map(({ name, schemaAt }) => [name, schemaAt]))
  const violations = argumentValidator(document, schemas, required)(values)
  if (violations.length > 0) throw new UsageError(violations.map(({ text }) => `${id}: ${text}`).join('\n'))
  const inHeader = new Set(parameters.filter(parameter => parameter.in === 'header').map(({ name }) => name))
  const entries = Object.entries(values)
  return {
    args: Object.fromEntries(entries.filter(([name]) => !inHeader.has(name))),
    headers: Object.fromEntries(
      entries.filter(([name]) => inHeader.has(name)).map(([name, value]) => [name, `${value}`]),
    ),
  }
}

/**
 * The body that was read, if it fits the operation.
 *
 * @throws UsageError with a line for everything that does not: its place in the file, its path, and what would be right
 */
export function checkedBody({ id, body, document }: Operation, source: SourceText): unknown {
  if (!body) throw new UsageError(`${id} takes no body`)
  const schema = { $ref: `#${body.schemaAt}` }
  const violations = [...validator(document, body.schemaAt)(source.value), ...slipsIn(document, schema, source.value)]
  if (violations.length === 0) return source.value
  throw new UsageError(violations.map(({ path, text }) => `${source.place(path)}: ${text}`).join('\n'))
}
