import { operationIdsIn } from './extension-operations.js'
import { operationsById, rootOf } from './read.js'

/** Checks that each operation ID in an extension of the root (`OperationId` in the JSON Schema) belongs to an operation. */
export const extensionOperationsExist = () => ({
  Root: {
    leave(root, ctx) {
      const place = rootOf(ctx, root)
      const operations = operationsById(ctx, place)
      for (const { id, path, location } of operationIdsIn(ctx, place)) {
        if (!operations.has(id)) ctx.report({ message: `${path} names ${id}, but no operation has this ID.`, location })
      }
    },
  },
})
