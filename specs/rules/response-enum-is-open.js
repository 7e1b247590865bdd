import { descend, entries, mediaOf, operationsOf, rootOf } from './read.js'

/** Keywords that contain schemas. Their value is a map of schemas, a list of schemas, or one schema. */
const NAMED = ['properties', 'patternProperties']
const LISTED = ['allOf', 'anyOf', 'oneOf']
const SINGLE = ['items', 'additionalProperties', 'not']

/**
 * Checks that no schema of a response has an `enum`, because the service can add values at any time. A schema
 * that only requests use can have an `enum`.
 */
export const responseEnumIsOpen = () => ({
  Root: {
    leave(root, ctx) {
      const seen = new Set()
      for (const operation of operationsOf(ctx, rootOf(ctx, root))) {
        for (const { status, place } of mediaOf(ctx, operation)) {
          if (status !== undefined) visit(ctx, descend(ctx, place, 'schema'), operation.id, seen)
        }
      }
    },
  },
})

/** Returns true if an `enum` lists spellings of a single value, such as `false` and `"false"`. */
const isConstant = values => new Set(values.map(String)).size === 1

function visit(ctx, schema, operation, seen) {
  if (typeof schema.node !== 'object' || schema.node === null) return
  const pointer = schema.location.absolutePointer
  if (seen.has(pointer)) return
  seen.add(pointer)
  if (schema.node.enum !== undefined && !isConstant(schema.node.enum)) {
    ctx.report({
      message: `A response of ${operation} contains this enum. The service can add values: use type and x-known-values, and another schema for requests.`,
      location: schema.location.child(['enum']).key(),
    })
  }
  const parts = [...NAMED, ...LISTED].flatMap(name => entries(ctx, descend(ctx, schema, name)).map(([, part]) => part))
  const singles = SINGLE.map(name => descend(ctx, schema, name))
  for (const part of [...parts, ...singles]) visit(ctx, part, operation, seen)
}
