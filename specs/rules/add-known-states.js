import { jobKinds, stateOf } from './job-kinds.js'
import { descend } from './read.js'

/**
 * The values of a state are written once, as the keys of `states` of a job kind. Before lint and bundle, this preprocessor
 * copies these values into the schema that `fields.state` points to, as `x-known-values`. A schema that already has known
 * values is not changed.
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

/** Converts a key, which is always a string, to a number if the state is a number. */
const withTypeOf = ({ type }, state) => ([type].flat().includes('integer') ? Number(state) : state)
