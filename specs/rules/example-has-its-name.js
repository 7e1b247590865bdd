import { errorCodes } from './error-codes.js'
import { descend, entries, isObject, mediaOf, operationsOf, rootOf } from './read.js'

/**
 * Checks that an example has the name `<operationId>.<case>`. The example of an error response can have the name of its error
 * code instead, because several operations can share it. If the example is in a file, the file has the same name.
 */
export const exampleHasItsName = () => ({
  Root: {
    leave(root, ctx) {
      const { codeOf } = errorCodes(ctx, root)
      const seen = new Set()
      for (const operation of operationsOf(ctx, rootOf(ctx, root))) {
        for (const { status, place } of mediaOf(ctx, operation)) {
          const examples = descend(ctx, place, 'examples')
          for (const [name, example] of entries(ctx, examples)) {
            const location = examples.location.child([name]).key()
            const report = message => {
              const mark = `${location.absolutePointer} ${message}`
              if (!seen.has(mark)) ctx.report({ message, location })
              seen.add(mark)
            }
            const code = status?.startsWith('2') === false ? codeOf(example.node?.value) : undefined
            if (name !== code && !isCaseOf(operation.id, name)) {
              report(`${name} is named neither after its operation nor after its error code.`)
            }
            const raw = examples.node[name]
            const file = isObject(raw) && raw.$ref?.split('/').at(-1)
            if (file && file !== `${name}.yaml`) report(`${name} is the name of an example in ${file}.`)
          }
        }
      }
    },
  },
})

const isCaseOf = (operationId, name) => name.startsWith(`${operationId}.`) && name.length > operationId.length + 1
