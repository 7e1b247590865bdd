import { gottenJobs, jobKinds, OPTIONAL_FIELDS, operationOf } from './job-kinds.js'
import { descend, entries } from './read.js'
import { schemaAt } from './schema-at.js'

/** Fields whose value can be missing in a response. For example, only a failed job has a reason. */
const MISSING_FIELDS = [...OPTIONAL_FIELDS, 'reason']

/**
 * Checks that `get`, `key` and `fields` of a kind point to required values. The rule skips MISSING_FIELDS. It also skips
 * pointers to values inside array items, because such a value cannot be required.
 */
export const jobPointersAreRequired = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        const jobs = gottenJobs(ctx, entry)
        if (!jobs) continue
        const get = operationOf(ctx, entry, 'get')
        const { operation, at } = get.node
        if (!jobs.found.required) {
          const location = get.location.child(['at'])
          ctx.report({ message: `${at} is not required in the response of ${operation}.`, location })
        }
        const places = ['key', 'fields'].flatMap(name => entries(ctx, descend(ctx, entry.kind, name)))
        for (const [name, { node: pointer, location }] of places) {
          if (MISSING_FIELDS.includes(name) || /\/\d+(\/|$)/.test(pointer)) continue
          if (schemaAt(ctx, jobs.job, pointer)?.required === false) {
            ctx.report({ message: `${name}: ${pointer} is not required in a job of ${operation}.`, location })
          }
        }
      }
    },
  },
})
