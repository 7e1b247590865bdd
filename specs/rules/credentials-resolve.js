import { descend, entries, follow, mediaOf, member, operationsById, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Checks each entry of x-credentials: a success response of the operation has the `header` of the entry, and the pointers
 * resolve in the schemas of the request body and the response body.
 */
export const credentialsResolve = () => ({
  Root: {
    leave(root, ctx) {
      const place = rootOf(ctx, root)
      const operations = operationsById(ctx, place)
      for (const [, issue] of entries(ctx, descend(ctx, place, 'x-credentials'))) {
        const operation = operations.get(issue.node.operation)
        if (!operation) continue
        checkHeader(ctx, issue, operation)
        const sent = mediaOf(ctx, operation).find(({ status }) => status === undefined)
        const request = sent && descend(ctx, sent.place, 'schema')
        const lifetime = Array.isArray(issue.node.lifetime) ? entries(ctx, member(issue, 'lifetime')) : []
        checkPointers(ctx, request, [...entries(ctx, member(issue, 'request')), ...lifetime])
        checkPointers(ctx, successOf(ctx, operation).schema, entries(ctx, member(issue, 'response')))
      }
    },
  },
})

function checkHeader(ctx, issue, operation) {
  const { header } = issue.node
  if (header === undefined) return
  const answers = entries(ctx, descend(ctx, operation.place, 'responses')).filter(([status]) => status.startsWith('2'))
  if (answers.some(([, answer]) => follow(ctx, member(answer, 'headers', header)).node)) return
  const { location } = member(issue, 'header')
  ctx.report({ message: `The responses of ${issue.node.operation} do not have the header ${header}.`, location })
}

function checkPointers(ctx, schema, pointers) {
  for (const [, { node: pointer, location }] of pointers) {
    if (schema && schemaAt(ctx, schema, pointer)) continue
    ctx.report({ message: `${pointer} is not in the schema of the body.`, location })
  }
}
