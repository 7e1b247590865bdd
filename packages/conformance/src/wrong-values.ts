import type { Parameter, Schema } from './document.ts'

/** A value that a parameter does not take. */
export interface WrongValue {
  /** Which rule of the schema it breaks, for the title of the test. */
  readonly breaks: string
  readonly value: unknown
}

/** A wrong value for every rule that the schema of a parameter has. */
export function wrongValues({ schema, example }: Pick<Parameter, 'schema' | 'example'>): WrongValue[] {
  return valuesFor(schema, example)
}

function valuesFor(schema: Schema, example: unknown): WrongValue[] {
  const types = [schema.type ?? []].flat()
  const values: WrongValue[] = []
  const add = (breaks: string, value: unknown): void => {
    values.push({ breaks, value })
  }
  if (!types.includes('string') && types.some(type => /^(integer|number|boolean)$/.test(type))) add('type', 'x')
  if (schema.minimum !== undefined) add('minimum', schema.minimum - 1)
  if (schema.maximum !== undefined) add('maximum', schema.maximum + 1)
  if (schema.enum) add('enum', unlisted(schema.enum))
  if (schema.pattern !== undefined) add('pattern', unmatched(schema.pattern))
  if (schema.maxLength !== undefined) add('maxLength', stretched(example, schema.maxLength + 1))
  // An empty value is another matter: the path would be another one.
  if (schema.minLength !== undefined && schema.minLength > 1) add('minLength', stretched(example, schema.minLength - 1))
  if (schema.items) {
    const items = Array.isArray(example) ? example : [example]
    if (schema.maxItems !== undefined)
      add(
        'maxItems',
        Array.from({ length: schema.maxItems + 1 }, () => items[0]),
      )
    for (const { breaks, value } of valuesFor(schema.items, items[0])) add(`items: ${breaks}`, [value])
  }
  return values
}

const unlisted = (values: readonly unknown[]): unknown =>
  values.every(value => typeof value === 'number') ? Math.max(...(values as number[])) + 1 : `${values.join('')}x`

/** One character that the pattern refuses; most patterns list what they take. */
function unmatched(pattern: string): string {
  const expression = new RegExp(pattern)
  const found = ['!', 'x', '0', ' ', 'é', '~~~'].find(candidate => !expression.test(candidate))
  if (found === undefined) throw new Error(`No value is known that ${pattern} refuses. Add one to wrong-values.ts.`)
  return found
}

/** The example, repeated and cut to a length: so that it is the length alone that is wrong. */
const stretched = (example: unknown, length: number): string =>
  String(example ?? 'x')
    .repeat(Math.ceil(length / Math.max(String(example ?? 'x').length, 1)))
    .slice(0, length)
