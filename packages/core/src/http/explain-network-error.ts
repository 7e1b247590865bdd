import { NetworkError } from '../errors/network-error.ts'
import type { Call } from './send-context.ts'

/** Returns the same error with a message that says which host failed, how, and what to do. */
export function explainNetworkError(error: NetworkError, { operation, request }: Call): NetworkError {
  const { cause } = error
  // A TimeoutError has no cause, and its message is complete.
  if (!cause) return error
  return new NetworkError(operation, describe(error, new URL(request.url).host), { ...error, cause })
}

function describe({ status, code, mayHaveHappened, cause }: NetworkError, host: string): string {
  const reason = code ?? (cause as Error).message
  if (status !== undefined) return `The response from ${host} broke off (HTTP ${status}, ${reason})`
  if (mayHaveHappened) return `No response from ${host} (${reason})`
  return `${code === 'ENOTFOUND' ? 'Cannot resolve' : 'Cannot connect to'} ${host} (${reason})`
}
