/** The verbs that an operationId can start with. Before you add a verb, check that none of these verbs fits. */
const VERBS = [
  ...['list', 'get', 'search', 'query', 'create', 'update', 'delete', 'submit', 'run', 'rerun', 'schedule', 'restart'],
  ...['cancel', 'stop', 'terminate', 'check', 'preview', 'evaluate', 'export', 'import'],
]
const PATTERN = new RegExp(`^(${VERBS.join('|')})([A-Z][a-z0-9]*)+$`)

/**
 * Checks that an operationId consists of one of these verbs and a noun, in camelCase. A client method has the same name.
 */
export const operationIdIsVerbAndNoun = () => ({
  Operation(operation, ctx) {
    if (operation.operationId === undefined || PATTERN.test(operation.operationId)) return
    ctx.report({
      message: `${operation.operationId} is not a verb and a noun in camelCase. Verbs: ${VERBS.join(', ')}.`,
      location: ctx.location.child(['operationId']),
    })
  },
})
