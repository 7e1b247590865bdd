import { isNamed } from './read.js'

/**
 * Checks that an object schema that lists its members is a component schema, and is used with `$ref`. The generated types have
 * the names of component schemas. The schema of a map lists no members, so it can be inline.
 */
export const objectHasAName = () => ({
  Schema(schema, ctx) {
    if (schema.properties === undefined || isNamed(ctx.location.pointer)) return
    ctx.report({ message: 'An object without a name. Move it to components/schemas and refer to it.' })
  },
})
