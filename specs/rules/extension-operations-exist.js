import { operationIdsIn } from './extension-operations.js'
import { operationsById, rootOf } from './read.js'

/** An extension of the root can name operations (`OperationId` in its JSON Schema). Checks that each of them exists. */
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
