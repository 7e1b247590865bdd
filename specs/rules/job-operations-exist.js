import { jobKinds } from './job-kinds.js'
import { descend, entries, member } from './read.js'

/** Every operation that a kind of job names is there. */
export const jobOperationsExist = () => ({
  Root: {
    leave(root, ctx) {
      for (const { name, kind, operations } of jobKinds(ctx, root)) {
        const calls = ['get', 'list', 'start', 'cancel', 'progress', 'logs']
          .map(how => descend(ctx, kind, how))
          .concat(entries(ctx, descend(ctx, descend(ctx, kind, 'logs'), 'each')).map(([, part]) => part))
          .map(call => member(call, 'op'))
          .filter(({ node }) => node !== undefined)
        const created = entries(ctx, descend(ctx, kind, 'create')).map(([op, { location }]) => ({
          node: op,
          location: location.key(),
        }))
        const effects = entries(ctx, descend(ctx, kind, 'effects')).map(([, effect]) => member(effect, 'op'))
        const preset = entries(ctx, descend(ctx, kind, 'preset')).map(([op, { location }]) => ({
          node: op,
          location: location.key(),
        }))
        for (const { node: op, location } of [...calls, ...created, ...effects, ...preset]) {
          if (!operations.has(op))
            ctx.report({ message: `${name} names ${op}, but there is no such operation.`, location })
        }
      }
    },
  },
})
