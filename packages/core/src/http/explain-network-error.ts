import type { NetworkError } from '../errors/network-error.ts'

/** Returns a message that says which host failed, and how. */
export function explainNetworkError({ status, code, mayHaveHappened, cause }: NetworkError, url: string): string {
  const { host } = new URL(url)
  const reason = code ?? (cause as Error).message
  if (status !== undefined) return `The response from ${host} broke off (HTTP ${status}, ${reason})`
  if (mayHaveHappened) return `No response from ${host} (${reason})`
  return `${code === 'ENOTFOUND' ? 'Cannot resolve' : 'Cannot connect to'} ${host} (${reason})`
}
