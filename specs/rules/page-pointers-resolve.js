import { readPointer } from '../src/pointer.ts'
import { bodyMembers, descend, operationsOf, queryNames, rootOf, successOf } from './read.js'
import { schemaAt } from './schema-at.js'

/**
 * Checks the pointers of x-pagination in the schema and in the examples: `items` points to an array, `total` to a number, and `key`
 * to a required member of an item. `param` and `size` must be parameters or members of the body.
 */
export const pagePointersResolve = () => ({
  Root: {
    leave(root, ctx) {
      for (const operation of operationsOf(ctx, rootOf(ctx, root))) {
        const rule = descend(ctx, operation.place, 'x-pagination')
        if (!rule.node) continue
        const report = (name, message) =>
          ctx.report({ message: `${operation.id}: ${message}`, location: rule.location.child([name]) })
        checkAnswer(ctx, operation, rule.node, report)
        const known = rule.node.in === 'body' ? bodyMembers(ctx, operation) : queryNames(operation)
        for (const name of ['param', 'size']) {
          const wanted = rule.node[name]
          if (wanted !== undefined && !known.includes(wanted))
            report(name, `the operation has no parameter or member ${wanted}.`)
        }
      }
    },
  },
})

function checkAnswer(ctx, operation, { items, total, key }, report) {
  const { schema, examples } = successOf(ctx, operation)
  const array = schema && schemaAt(ctx, schema, items)
  if (array?.place.node?.type !== 'array') return report('items', `${items} is not an array.`)
  if (!examples.every(({ value }) => Array.isArray(readPointer(value, items)))) {
    report('items', `${items} is not an array in some example.`)
  }
  if (total !== undefined) {
    if (!schemaAt(ctx, schema, total)) report('total', `${total} does not exist.`)
    else if (!examples.every(({ value }) => typeof readPointer(value, total) === 'number')) {
      report('total', `${total} is not a number in some example.`)
    }
  }
  if (key !== undefined) {
    const found = schemaAt(ctx, descend(ctx, array.place, 'items'), key)
    if (!found?.required) report('key', `${key} is not a required member of an item.`)
    else if (
      examples.some(({ value }) => readPointer(value, items)?.some(item => readPointer(item, key) === undefined))
    ) {
      report('key', `${key} is missing in some example.`)
    }
  }
}
