import { suggestName } from '../did-you-mean.ts'
import type { InputFile } from '../input-file.ts'
import { UsageError } from '../usage-error.ts'
import { findMisspelledNames } from './misspelled-names.ts'
import type { Operation } from './operation.ts'
import { createArgumentValidator, createValidator, formatPath, type Violation } from './violations.ts'

/** The arguments of a call, without the body. `headers` is separate, because clients do not accept header parameters in `args`. */
export interface CallArguments {
  readonly args: { readonly [name: string]: unknown }
  readonly headers: { readonly [name: string]: string }
}

/**
 * Converts arguments from text to the types of the spec. The value of a repeated argument is a list.
 *
 * @param optional names of required parameters that may be omitted, because the client sets them
 * @throws UsageError naming every argument that is unknown, missing or invalid
 */
export function parseArguments(
  { id, parameters, document }: Operation,
  pairs: readonly (readonly [name: string, value: string])[],
  optional: readonly string[],
): CallArguments {
  const names = parameters.map(({ name }) => name)
  const values: { [name: string]: unknown } = {}
  for (const [name, value] of pairs) {
    if (!names.includes(name)) throw new UsageError(`Unknown parameter "${name}" of ${id}.${suggest(name, names)}`)
    values[name] = name in values ? [values[name], value].flat() : value
  }
  const required = parameters
    .filter(({ name, required }) => required && !optional.includes(name))
    .map(({ name }) => name)
  const schemas = Object.fromEntries(parameters.map(({ name, schemaAt }) => [name, schemaAt]))
  const violations = createArgumentValidator(document, schemas, required)(values)
  if (violations.length > 0) throw new UsageError(...violations.map(({ text }) => `${id}: ${text}`))
  const headerNames = new Set(parameters.filter(parameter => parameter.in === 'header').map(({ name }) => name))
  const entries = Object.entries(values)
  return {
    args: Object.fromEntries(entries.filter(([name]) => !headerNames.has(name))),
    headers: Object.fromEntries(
      entries.filter(([name]) => headerNames.has(name)).map(([name, value]) => [name, `${value}`]),
    ),
  }
}

function suggest(name: string, names: readonly string[]): string {
  const parameters = names.length > 0 ? ` It has the parameters ${names.join(', ')}.` : ' It has no parameters.'
  return suggestName(name, names) || parameters
}

/**
 * Validates a request body against the schema of an operation.
 *
 * @returns the body
 * @throws UsageError with one line per violation. A line has the position in the file, the path of the member, and what the schema
 * expects
 */
export function validateBody({ id, body, document }: Operation, file: InputFile): unknown {
  if (!body) throw new UsageError(`${id} has no request body.`)
  const { value } = file
  // If several forms of the body are allowed, the user probably meant the form with the fewest violations.
  const [violations = []] = body.forms
    .map(({ schema, schemaAt }) => [
      ...createValidator(document, schemaAt)(value),
      ...findMisspelledNames(document, schema, value),
    ])
    .sort((a, b) => a.length - b.length)
  // The body fits one form. It can fit another form too, and some schemas (`oneOf`) forbid this. So the body is also validated against
  // the complete schema.
  if (violations.length === 0 && body.forms.length > 1) {
    violations.push(...createValidator(document, body.schemaAt)(value))
  }
  if (violations.length === 0) return value
  const lines = omitMeantMembers(violations)
    .map(({ path, text }) => ({ position: file.locate(path), text }))
    .sort((a, b) => a.position.offset - b.position.offset)
  throw new UsageError(...lines.map(({ position, text }) => `${position.text}: ${text}`))
}

/**
 * A misspelled name can cause two violations: the name is unknown, and the intended member is missing. It is only one mistake, so this
 * function removes the second violation.
 */
function omitMeantMembers(violations: readonly Violation[]): readonly Violation[] {
  const meant = new Set(violations.flatMap(violation => (violation.meant ? formatPath(violation.meant) : [])))
  const misspelled = new Set(violations.flatMap(({ path, meant }) => (meant ? formatPath(path) : [])))
  return violations.filter((violation, index) => {
    const path = formatPath(violation.path)
    if (meant.has(path) && !misspelled.has(path)) return false
    return violations.findIndex(other => formatPath(other.path) === path) === index
  })
}
