/** Checks that a list operation has either `x-pagination` or `x-unpaged`, and that other operations have neither of them. */
export const listHasPages = () => ({
  Operation(operation, ctx) {
    const paged = operation['x-pagination'] !== undefined
    const unpaged = operation['x-unpaged'] !== undefined
    const isList = /^(list|search)[A-Z]/.test(operation.operationId ?? '')
    if (isList && !paged && !unpaged) {
      ctx.report({
        message: `${operation.operationId} is a list. Add x-pagination, or x-unpaged with the reason.`,
      })
    }
    if (!isList && (paged || unpaged)) {
      const name = paged ? 'x-pagination' : 'x-unpaged'
      ctx.report({
        message: `${operation.operationId} is not a list, so ${name} is not allowed. The name of a list starts with list or search.`,
        location: ctx.location.child([name]),
      })
    }
    if (paged && unpaged) {
      ctx.report({
        message: 'x-pagination and x-unpaged exclude each other.',
        location: ctx.location.child(['x-unpaged']),
      })
    }
  },
})
