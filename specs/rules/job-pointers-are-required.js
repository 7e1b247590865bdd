import { gottenJobs, jobKinds, OPTIONAL_FIELDS, operationOf } from './job-kinds.js'
import { descend, entries } from './read.js'
import { schemaAt } from './schema-at.js'

/** Fields that examples show, but that a response may lack: a job that has not failed needs no reason. */
const MISSING_FIELDS = [...OPTIONAL_FIELDS, 'reason']

/** What `get`, `key` and `fields` of a kind point at is required there, except for MISSING_FIELDS. Below an index it cannot be. */
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
