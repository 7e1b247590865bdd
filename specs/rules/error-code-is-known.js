import { errorCodes } from './error-codes.js'
import { descend, entries, mediaOf, operationsOf, rootOf } from './read.js'

/**
 * Checks that x-errors lists the code of every error response in the examples: under a kind of error, or in `other` if the code
 * means the same as the HTTP status. Some services send error responses without a code. Such a response must have a message.
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
              ctx.report({
                message: `The pointers of x-errors find neither a code nor a message in ${name}.`,
                location,
              })
            }
          }
        }
      }
    },
  },
})
