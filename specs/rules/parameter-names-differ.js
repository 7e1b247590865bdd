import { operationsOf, rootOf } from './read.js'

/** The arguments of a client's method are flat, so a name in the path is none in the query, and no parameter is a `body`. */
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
          ctx.report({ message: `${id}: a parameter is called body, which is where the request body goes.`, location })
        }
      }
    },
  },
})
