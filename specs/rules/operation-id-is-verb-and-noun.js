/** What a call can do. A new verb is a decision: is it none of these? */
const VERBS = [
  ...['list', 'get', 'search', 'query', 'create', 'update', 'delete', 'submit', 'run', 'rerun', 'schedule', 'restart'],
  ...['cancel', 'stop', 'terminate', 'check', 'preview', 'evaluate', 'export', 'import'],
]
const PATTERN = new RegExp(`^(${VERBS.join('|')})([A-Z][a-z0-9]*)+$`)

/** An operationId is a verb of ours and a noun, in camelCase: it becomes a method of a client. */
export const operationIdIsVerbAndNoun = () => ({
  Operation(operation, ctx) {
    if (operation.operationId === undefined || PATTERN.test(operation.operationId)) return
    ctx.report({
      message: `${operation.operationId} is no verb and noun in camelCase. Verbs: ${VERBS.join(', ')}.`,
      location: ctx.location.child(['operationId']),
    })
  },
})
