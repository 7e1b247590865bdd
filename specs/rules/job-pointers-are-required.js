import { jobKinds, jobsIn, OPTIONAL_FIELDS } from './job-kinds.js'
import { schemaAt } from './pointer.js'
import { descend, entries } from './read.js'

/** What `get`, `key` and `fields` of a kind point at is required there, but for these. Below an index it cannot be. */
export const jobPointersAreRequired = () => ({
  Root: {
    leave(root, ctx) {
      for (const entry of jobKinds(ctx, root)) {
        const jobs = jobsIn(ctx, entry, 'get')
        if (!jobs) continue
        const { op, at } = entry.kind.node.get
        if (!jobs.found.required) {
          const location = entry.kind.location.child(['get', 'at'])
          ctx.report({ message: `${at} is not required in what ${op} answers.`, location })
        }
        const places = ['key', 'fields'].flatMap(name => entries(ctx, descend(ctx, entry.kind, name)))
        for (const [name, { node: pointer, location }] of places) {
          if (OPTIONAL_FIELDS.includes(name) || /\/\d+(\/|$)/.test(pointer)) continue
          if (schemaAt(ctx, jobs.job, pointer)?.required === false) {
            ctx.report({ message: `${name}: ${pointer} is not required in a job of ${op}.`, location })
          }
        }
      }
    },
  },
})
