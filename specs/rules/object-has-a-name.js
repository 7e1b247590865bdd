import { isNamed } from './read.js'

/**
 * An object with members is a schema of its own, reached by `$ref`: clients name their types after it. Maps, whose members nobody
 * lists, may stand in place.
 */
export const objectHasAName = () => ({
  Schema(schema, ctx) {
    if (schema.properties === undefined || isNamed(ctx.location.pointer)) return
    ctx.report({ message: 'An object without a name: move it to components/schemas and refer to it.' })
  },
})
