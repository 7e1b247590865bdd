import type { Parameter, Schema } from './document.ts'

/** A value that violates one keyword of a schema. */
export interface InvalidValue {
  /** The violated keyword, for the title of the test. */
  readonly breaks: string
  readonly value: unknown
}

/** How a value is sent: as text, like a parameter, or as JSON. Every text is a valid string, but a JSON value can have the wrong type. */
type Encoding = 'text' | 'json'

/** Lists an invalid value for every keyword of a schema. `example` is a valid value. */
export function createInvalidValues(
  { schema, example }: Pick<Parameter, 'schema' | 'example'>,
  encoding: Encoding = 'text',
): InvalidValue[] {
  if (schema.format === 'binary') return []
  const types = [schema.type ?? []].flat()
  const values: InvalidValue[] = []
  const add = (breaks: string, value: unknown): void => {
    values.push({ breaks, value })
  }
  const otherType = encoding === 'json' ? createOfOtherType(types) : createTextOfOtherType(types)
  if (otherType !== undefined) add('type', otherType)
  if (schema.minimum !== undefined && schema.minimum - 1 < schema.minimum) add('minimum', schema.minimum - 1)
  if (schema.maximum !== undefined && schema.maximum + 1 > schema.maximum) add('maximum', schema.maximum + 1)
  if (schema.enum) add('enum', createUnlisted(schema.enum))
  if (schema.pattern !== undefined) add('pattern', createUnmatched(schema.pattern))
  if (schema.maxLength !== undefined) add('maxLength', stretch(example, schema.maxLength + 1))
  // An empty path parameter would change the path of the request, so a text is never shortened to zero characters.
  if (schema.minLength !== undefined && schema.minLength > (encoding === 'json' ? 0 : 1))
    add('minLength', stretch(example, schema.minLength - 1))
  if (schema.items) {
    const items = Array.isArray(example) ? example : [example]
    if (schema.maxItems !== undefined) add('maxItems', repeatItem(items, schema.maxItems + 1, schema))
    if (encoding === 'json' && schema.minItems) add('minItems', items.slice(0, schema.minItems - 1))
    if (encoding === 'json' && schema.uniqueItems && items[0] !== undefined) add('uniqueItems', [items[0], items[0]])
    for (const { breaks, value } of createInvalidValues({ schema: schema.items, example: items[0] }, encoding))
      add(`items: ${breaks}`, [value])
  }
  return values
}

/** A value whose JSON type is not in `types`. Undefined if every type is allowed. */
function createOfOtherType(types: readonly string[]): unknown {
  if (types.length === 0) return undefined
  const isAllowed = (...names: string[]) => names.some(name => types.includes(name))
  if (!isAllowed('string')) return 'x'
  if (!isAllowed('integer', 'number')) return 7
  return isAllowed('boolean') ? undefined : true
}

/** A text that cannot be parsed as any type in `types`. Undefined if there is no such text. */
function createTextOfOtherType(types: readonly string[]): unknown {
  return !types.includes('string') && types.some(type => /^(integer|number|boolean)$/.test(type)) ? 'x' : undefined
}

const createUnlisted = (values: readonly unknown[]): unknown =>
  values.every(value => typeof value === 'number') ? Math.max(...(values as number[])) + 1 : `${values.join('')}x`

/** A short text that does not match the pattern. Most patterns list the characters that they allow. */
function createUnmatched(pattern: string): string {
  const expression = new RegExp(pattern)
  const found = ['!', 'x', '0', ' ', ',', 'é', '~~~'].find(candidate => !expression.test(candidate))
  if (found === undefined) throw new Error(`No candidate breaks the pattern ${pattern}. Add one to invalid-values.ts.`)
  return found
}

/** Repeats the example and truncates the result to a length. So the result differs from a valid value only in its length. */
const stretch = (example: unknown, length: number): string =>
  String(example ?? 'x')
    .repeat(Math.ceil(length / Math.max(String(example ?? 'x').length, 1)))
    .slice(0, length)

/** An array that contains the first item `length` times. */
const repeatItem = ([first]: readonly unknown[], length: number, { items }: Schema): unknown[] => {
  const item = first ?? ([items?.type].flat().includes('string') ? 'x' : 1)
  return Array.from({ length }, () => item)
}
