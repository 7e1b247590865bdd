import { errorCodes } from './error-codes.js'
import { descend, entries, mediaOf, operationsOf, rootOf } from './read.js'

/**
 * The code of every failure in an example stands in x-errors: under a kind, or, where it means no more than the status it comes
 * with, in `other`. A failure without a code, which some services have, has at least a message.
 */
export const errorCodeIsKnown = () => ({
  Root: {
    leave(root, ctx) {
      const { codeOf, messageOf, isKnown } = errorCodes(ctx, root)
      const seen = new Set()
      for (const operation of operationsOf(ctx, rootOf(ctx, root))) {
        for (const { status, place } of mediaOf(ctx, operation)) {
          if (status === undefined || status.startsWith('2')) continue
          for (const [name, example] of entries(ctx, descend(ctx, place, 'examples'))) {
            const location = example.location.child(['value'])
            if (seen.has(location.absolutePointer)) continue
            seen.add(location.absolutePointer)
            const body = example.node?.value
            const code = codeOf(body)
            if (code !== undefined && !isKnown(code)) {
              ctx.report({ message: `The code ${code} is not in x-errors.`, location })
            }
            if (code === undefined && messageOf(body) === undefined) {
              ctx.report({ message: `x-errors finds neither code nor message in ${name}.`, location })
            }
          }
        }
      }
    },
  },
})
