import { jobKinds, stateOf } from './job-kinds.js'
import { descend, entries } from './read.js'

/**
 * The states of a kind are exactly the known values of the schema that `fields.state` leads to, and the paths of its simulation consist of such
 * values, with their type.
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
          ctx.report({ message: `${value} is no known value of the state of ${entry.name}.`, location })
        }
        for (const [name, path] of entries(ctx, descend(ctx, entry.kind, 'simulation', 'paths'))) {
          for (const value of path.node.filter(value => !known.includes(value))) {
            ctx.report({ message: `The path ${name} has ${value}, which is no known value.`, location: path.location })
          }
        }
      }
    },
  },
})
