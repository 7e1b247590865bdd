import { dereference, extensions } from './extension-schemas.js'
import { descend, entries, isObject } from './read.js'

/** Lists every operation ID in the extensions of the root, with its path (`x-jobs.batch.get.op`) and its location. */
export function operationIdsIn(ctx, root) {
  return Object.keys(root.node).flatMap(name => {
    const schema = extensions.get(name)
    return schema ? idsIn(ctx, descend(ctx, root, name), schema, schema, name) : []
  })
}

function idsIn(ctx, place, node, file, path) {
  if (place.node === undefined) return []
  if (isOperationId(node)) return [{ id: place.node, path, location: place.location }]
  const { schema, root } = dereference(node, file)
  if (schema.anyOf) return schema.anyOf.flatMap(option => idsIn(ctx, place, option, root, path))
  if (Array.isArray(place.node)) {
    return entries(ctx, place).flatMap(([index, item]) =>
      idsIn(ctx, item, schema.items ?? {}, root, `${path}.${index}`),
    )
  }
  if (!isObject(place.node)) return []
  return entries(ctx, place).flatMap(([key, inner]) => {
    const own = schema.properties?.[key] ?? (isObject(schema.additionalProperties) ? schema.additionalProperties : {})
    const inKey = isOperationId(schema.propertyNames ?? {})
      ? [{ id: key, path, location: place.location.child([key]).key() }]
      : []
    return [...inKey, ...idsIn(ctx, inner, own, root, `${path}.${key}`)]
  })
}

const isOperationId = ({ $ref }) => $ref === 'definitions.schema.json#/$defs/OperationId'
