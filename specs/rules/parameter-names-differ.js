import { operationsOf, rootOf } from './read.js'

/**
 * Checks that no name is used in both path and query, and that no parameter is named `body`. The arguments of a client method are one
 * flat object, so each name must be unique.
 */
export const parameterNamesDiffer = () => ({
  Root: {
    leave(root, ctx) {
      for (const { id, place, parameters } of operationsOf(ctx, rootOf(ctx, root))) {
        const names = kind => parameters.filter(({ node }) => node?.in === kind).map(({ node }) => node.name)
        const path = names('path')
        const location = place.location.child(['parameters'])
        for (const name of names('query').filter(name => path.includes(name))) {
          ctx.report({ message: `${id}: ${name} is both in the path and in the query.`, location })
        }
        if ([...path, ...names('query')].includes('body')) {
          ctx.report({
            message: `${id}: a parameter is named body. This name is reserved for the request body.`,
            location,
          })
        }
      }
    },
  },
})
