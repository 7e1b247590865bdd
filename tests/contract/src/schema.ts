import type { Schema } from './document.ts'

/** The properties of an object schema, those of its parts (`allOf`) included. */
export function propertiesOf({ properties, allOf = [] }: Schema): { readonly [name: string]: Schema } {
  return Object.assign({}, ...allOf.map(propertiesOf), properties)
}

/** What an object must have, by the schema and its parts. */
export function requiredOf({ required = [], allOf = [] }: Schema): string[] {
  return [...new Set([...allOf.flatMap(requiredOf), ...required])]
}

/** The schema besides null; `undefined` where it is a choice of several, so that what breaks one may fit another. */
export function single(schema: Schema): Schema | undefined {
  const choice = schema.oneOf ?? schema.anyOf
  if (!choice) return schema
  const [only, ...others] = choice.filter(({ type }) => type !== 'null')
  return only && others.length === 0 ? single(only) : undefined
}
