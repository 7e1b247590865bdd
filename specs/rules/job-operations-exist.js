import { jobKinds } from './job-kinds.js'
import { descend, entries, member } from './read.js'

/** Every operation that a kind of job names is there. */
export const jobOperationsExist = () => ({
  Root: {
    leave(root, ctx) {
      for (const { name, kind, operations } of jobKinds(ctx, root)) {
        const calls = ['get', 'list', 'start', 'cancel']
          .map(how => member(descend(ctx, kind, how), 'op'))
          .filter(({ node }) => node !== undefined)
        const created = entries(ctx, descend(ctx, kind, 'create')).map(([op, { location }]) => ({
          node: op,
          location: location.key(),
        }))
        for (const { node: op, location } of [...calls, ...created]) {
          if (!operations.has(op))
            ctx.report({ message: `${name} names ${op}, but there is no such operation.`, location })
        }
      }
    },
  },
})
