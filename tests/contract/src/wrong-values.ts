import type { Parameter, Schema } from './document.ts'

/** A value that a schema does not take. */
export interface WrongValue {
  /** Which rule of the schema it breaks, for the title of the test. */
  readonly breaks: string
  readonly value: unknown
}

/** How a value travels: as a text, as parameters do, or as JSON, where every type can be wrong. */
type Form = 'text' | 'json'

/** A wrong value for every rule that a schema has; `example` is a right one. */
export function wrongValues(
  { schema, example }: Pick<Parameter, 'schema' | 'example'>,
  form: Form = 'text',
): WrongValue[] {
  if (schema.format === 'binary') return []
  const types = [schema.type ?? []].flat()
  const values: WrongValue[] = []
  const add = (breaks: string, value: unknown): void => {
    values.push({ breaks, value })
  }
  const otherType = form === 'json' ? ofOtherType(types) : textOfOtherType(types)
  if (otherType !== undefined) add('type', otherType)
  if (schema.minimum !== undefined && schema.minimum - 1 < schema.minimum) add('minimum', schema.minimum - 1)
  if (schema.maximum !== undefined && schema.maximum + 1 > schema.maximum) add('maximum', schema.maximum + 1)
  if (schema.enum) add('enum', unlisted(schema.enum))
  if (schema.pattern !== undefined) add('pattern', unmatched(schema.pattern))
  if (schema.maxLength !== undefined) add('maxLength', stretched(example, schema.maxLength + 1))
  // An empty value in a path is another matter: the path would be another one.
  if (schema.minLength !== undefined && schema.minLength > (form === 'json' ? 0 : 1))
    add('minLength', stretched(example, schema.minLength - 1))
  if (schema.items) {
    const items = Array.isArray(example) ? example : [example]
    if (schema.maxItems !== undefined) add('maxItems', itemsOf(items, schema.maxItems + 1, schema))
    if (form === 'json' && schema.minItems) add('minItems', items.slice(0, schema.minItems - 1))
    if (form === 'json' && schema.uniqueItems && items[0] !== undefined) add('uniqueItems', [items[0], items[0]])
    for (const { breaks, value } of wrongValues({ schema: schema.items, example: items[0] }, form))
      add(`items: ${breaks}`, [value])
  }
  return values
}

/** A value whose JSON type is none of the schema's; `undefined` where every type is right. */
function ofOtherType(types: readonly string[]): unknown {
  if (types.length === 0) return undefined
  const takes = (...names: string[]) => names.some(name => types.includes(name))
  if (!takes('string')) return 'x'
  if (!takes('integer', 'number')) return 7
  return takes('boolean') ? undefined : true
}

/** A text that cannot be read as any of the types. */
function textOfOtherType(types: readonly string[]): unknown {
  return !types.includes('string') && types.some(type => /^(integer|number|boolean)$/.test(type)) ? 'x' : undefined
}

const unlisted = (values: readonly unknown[]): unknown =>
  values.every(value => typeof value === 'number') ? Math.max(...(values as number[])) + 1 : `${values.join('')}x`

/** One character that the pattern refuses; most patterns list what they take. */
function unmatched(pattern: string): string {
  const expression = new RegExp(pattern)
  const found = ['!', 'x', '0', ' ', ',', 'é', '~~~'].find(candidate => !expression.test(candidate))
  if (found === undefined) throw new Error(`No value is known that ${pattern} refuses. Add one to wrong-values.ts.`)
  return found
}

/** The example, repeated and cut to a length: so that it is the length alone that is wrong. */
const stretched = (example: unknown, length: number): string =>
  String(example ?? 'x')
    .repeat(Math.ceil(length / Math.max(String(example ?? 'x').length, 1)))
    .slice(0, length)

/** So many items like the first. */
const itemsOf = ([first]: readonly unknown[], length: number, { items }: Schema): unknown[] => {
  const item = first ?? ([items?.type].flat().includes('string') ? 'x' : 1)
  return Array.from({ length }, () => item)
}
