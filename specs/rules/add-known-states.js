import { jobKinds, stateOf } from './job-kinds.js'
import { descend } from './read.js'

/**
 * The values of a state are written once, as the keys of `states` of a job kind. Before lint and bundle they become the
 * `x-known-values` of the schema that `fields.state` points to, unless that schema already has known values.
 */
export const addKnownStates = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        const schema = stateOf(ctx, entry)
        if (!schema || schema.enum || schema['x-known-values']) continue
        const states = Object.keys(descend(ctx, entry.kind, 'states').node ?? {})
        schema['x-known-values'] = states.map(state => withTypeOf(schema, state))
      }
    },
  },
})

/** Keys are strings, but a state may be a number. */
const withTypeOf = ({ type }, state) => ([type].flat().includes('integer') ? Number(state) : state)
