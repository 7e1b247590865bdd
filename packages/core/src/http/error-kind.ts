import type { ErrorKind } from './service.ts'

const kindsByStatus: { readonly [status: number]: ErrorKind } = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'transient',
  409: 'conflict',
  429: 'rate-limit',
}

/** Returns what an HTTP status means if the response contains no known error code. */
export const getErrorKind = (status: number): ErrorKind =>
  kindsByStatus[status] ?? (status > 499 ? 'transient' : 'invalid')
