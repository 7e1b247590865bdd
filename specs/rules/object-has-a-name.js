import { isNamed } from './read.js'

/**
 * An object with members is a component schema, used with `$ref`: clients name their types after it. Maps, whose members are not
 * listed, may be inline.
 */
export const objectHasAName = () => ({
  Schema(schema, ctx) {
    if (schema.properties === undefined || isNamed(ctx.location.pointer)) return
    ctx.report({ message: 'An object without a name: move it to components/schemas and refer to it.' })
  },
})
