/** A list operation has either `x-pagination` or `x-unpaged`. Other operations have neither. */
export const listHasPages = () => ({
  Operation(operation, ctx) {
    const paged = operation['x-pagination'] !== undefined
    const unpaged = operation['x-unpaged'] !== undefined
    const isList = /^(list|search)[A-Z]/.test(operation.operationId ?? '')
    if (isList && !paged && !unpaged) {
      ctx.report({
        message: `${operation.operationId} is a list: it needs x-pagination, or x-unpaged with the reason.`,
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
