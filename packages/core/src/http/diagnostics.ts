/** The modules that are loaded when a call fails for the first time. */
export { explainInvalidArgument } from './explain-invalid-argument.ts'
export { explainNetworkError } from './explain-network-error.ts'
export { readFailedResponse } from './read-failure.ts'
