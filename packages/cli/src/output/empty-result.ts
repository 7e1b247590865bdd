import { describeNumber } from '../describe-number.ts'
import { suggestName } from '../did-you-mean.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { jsonPathPrefix } from './output-format.ts'

/** Whether the result of an expression is empty: null, or an array or object in which all values are empty. */
export const isEmpty = (result: unknown): boolean =>
  result === null || result === undefined || (typeof result === 'object' && Object.values(result).every(isEmpty))

/** The options with expressions. */
interface Expressions {
  readonly output?: string | undefined
  readonly query?: string | undefined
}

/**
 * Explains why an expression selected nothing. The expression probably treats a list as an object, or names an unknown field. Returns
 * undefined if the value has no fields. Also returns undefined if the value is one result that has the named field, because then the
 * field is just empty.
 *
 * @param value what the expression was applied to: an array of all results, or one result
 */
export function describeEmptyResult({ output = '', query }: Expressions, value: unknown): string | undefined {
  const isList = Array.isArray(value)
  const fields = listFields(isList ? value : [value])
  if (fields.length === 0) return undefined
  const expression = query ?? output.slice(jsonPathPrefix.length)
  const [option, format] =
    query === undefined
      ? ['-o', (field: string) => `'jsonpath={${isList ? '[*]' : ''}.${field}}'`]
      : ['--query', (field: string) => `'${isList ? '[].' : ''}${field}'`]
  const [name = ''] = /[A-Za-z_]\w*/.exec(expression.replace(/^\{?\$?\.items/, '')) ?? []
  const isKnown = fields.includes(name)
  const expectsList = /^\{?\$?\.items\b/.test(expression)
  if (!isList && isKnown && !expectsList) return undefined
  // An expression for an array must begin with brackets (an index, a wildcard or a filter) or with `..`. If it does, only the name of a
  // field or the condition of a filter can be wrong.
  const hasArrayForm = /^[{\s]*[$@]?(\.items)?(\[|\.\.)/.test(expression)
  const example = isKnown ? name : fields.includes('name') ? 'name' : (fields[0] ?? '')
  const count = isList ? `of the ${describeNumber(value.length, 'result')}` : 'of the result'
  const hasOtherForm = isList ? !hasArrayForm : expectsList
  const hint = hasOtherForm
    ? ` The value is ${isList ? 'an array' : 'one object'}: use, for example, ${option} ${format(example)}.`
    : ''
  const meant = isKnown ? '' : suggestName(name, fields)
  return `The expression ${expression} selects nothing ${count}.${hint}${meant} Fields: ${fields.join(', ')}.`
}

/**
 * The names of the fields of all results, without control characters. A field whose value is undefined in every result counts too.
 */
const listFields = (values: readonly unknown[]): string[] => [
  ...new Set(
    values.flatMap(value => (typeof value === 'object' && value !== null ? Object.keys(value).map(toOneLine) : [])),
  ),
]
