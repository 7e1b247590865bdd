import type { Schema } from './document.ts'

/** The properties of an object schema, including those of its parts (`allOf`). */
export function collectProperties({ properties, allOf = [] }: Schema): { readonly [name: string]: Schema } {
  return Object.assign({}, ...allOf.map(collectProperties), properties)
}

/** The names of the required properties, including those of the schema's parts. */
export function collectRequired({ required = [], allOf = [] }: Schema): string[] {
  return [...new Set([...allOf.flatMap(collectRequired), ...required])]
}

/**
 * Returns the only alternative of a schema apart from null. Returns undefined if there are several alternatives, because a value that
 * violates one alternative may match another alternative.
 */
export function getOnlyAlternative(schema: Schema): Schema | undefined {
  const choice = schema.oneOf ?? schema.anyOf
  if (!choice) return schema
  const [only, ...others] = choice.filter(({ type }) => type !== 'null')
  return only && others.length === 0 ? getOnlyAlternative(only) : undefined
}
