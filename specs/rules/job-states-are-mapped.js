import { jobKinds, stateOf } from './job-kinds.js'
import { descend, entries } from './read.js'

/**
 * Checks that the states of a kind are exactly the known values of the schema that `fields.state` points to. The paths of the
 * simulation must contain only these values, with the same type.
 */
export const jobStatesAreMapped = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        const schema = stateOf(ctx, entry)
        if (!schema) continue
        const known = schema['x-known-values'] ?? schema.enum ?? []
        const states = descend(ctx, entry.kind, 'states')
        const mapped = Object.keys(states.node ?? {})
        for (const value of known.filter(value => !mapped.includes(`${value}`))) {
          ctx.report({ message: `The state ${value} of ${entry.name} is not mapped.`, location: states.location })
        }
        for (const value of mapped.filter(value => !known.map(String).includes(value))) {
          const location = states.location.child([value]).key()
          ctx.report({ message: `${value} is not a known value of the state of ${entry.name}.`, location })
        }
        for (const [name, path] of entries(ctx, descend(ctx, entry.kind, 'simulation', 'paths'))) {
          for (const value of path.node.filter(value => !known.includes(value))) {
            ctx.report({
              message: `The path ${name} has ${value}, which is not a known value.`,
              location: path.location,
            })
          }
        }
      }
    },
  },
})
