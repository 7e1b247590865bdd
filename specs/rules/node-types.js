import { dereference, extensions } from './extension-schemas.js'
import { isObject } from './read.js'

/**
 * Redocly node types, made from the JSON Schemas of our extensions. Redocly resolves and bundles a `$ref` only in nodes with a
 * declared type. So every object and array of an extension gets a type. A type is named after its path (`x-jobs.*.fields`).
 * Redocly does not validate values with these types. The rule `extension-fits-its-schema` validates them instead.
 */
export function extendTypes(oas) {
  const types = { ...oas }
  for (const [name, schema] of extensions) {
    const type = typeOf(types, name, schema, schema)
    for (const owner of schema.appliesTo) {
      types[owner] = { ...types[owner], properties: { ...types[owner].properties, [name]: type } }
    }
  }
  return types
}

/** The node type that accepts every value. */
const ANYTHING = {}

/**
 * Adds the node types of a schema to `types`. Returns the name of the type for an object or an array, and for an `anyOf` a
 * function that returns the type of a value. Otherwise returns the type that accepts every value.
 *
 * @param file the schema file that contains `node`
 */
function typeOf(types, name, node, file) {
  const { schema, root } = dereference(node, file)
  if (schema.anyOf) {
    // Redocly requires all named types before it reads a value, so they are created here and not in the returned function.
    const options = schema.anyOf.map((option, index) => ({
      isArray: dereference(option, root).schema.type === 'array',
      type: typeOf(types, `${name}.${index}`, option, root),
    }))
    const named = options.filter(({ type }) => typeof type === 'string')
    return value => named.find(({ isArray }) => (isArray ? Array.isArray(value) : isObject(value)))?.type ?? ANYTHING
  }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {}).map(([key, property]) => [
      key,
      typeOf(types, `${name}.${key}`, property, root),
    ])
    types[name] = {
      properties: Object.fromEntries(properties),
      additionalProperties: isObject(schema.additionalProperties)
        ? typeOf(types, `${name}.*`, schema.additionalProperties, root)
        : ANYTHING,
    }
    return name
  }
  if (schema.type === 'array') {
    types[name] = { properties: {}, items: typeOf(types, `${name}.items`, schema.items ?? {}, root) }
    return name
  }
  return ANYTHING
}
