import { isNamed } from './read.js'

/**
 * Checks that an object with members is a component schema, used with `$ref`, because the generated types have the names of these schemas.
 * A map, whose members are not listed, can be inline.
 */
export const objectHasAName = () => ({
  Schema(schema, ctx) {
    if (schema.properties === undefined || isNamed(ctx.location.pointer)) return
    ctx.report({ message: 'An object without a name. Move it to components/schemas and refer to it.' })
  },
})
