/**
 * The code for hooks. Clients load it on demand, because most of them have no hooks. This module imports no value that clients have already
 * loaded, because bundlers without code splitting could not remove unused code from such imports.
 */
export { createAttemptObserver } from '../http/observe-attempts.ts'
export { observeWait } from '../jobs/observe-wait.ts'
