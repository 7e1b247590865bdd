import type { ErrorKind } from '../generated/extension-values.gen.ts'

const kindsByStatus: { readonly [status: number]: ErrorKind } = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'transient',
  409: 'conflict',
  429: 'rate-limit',
}

/** Returns the error kind of an HTTP status, for a response that contains no known error code. */
export const getErrorKind = (status: number): ErrorKind =>
  kindsByStatus[status] ?? (status > 499 ? 'transient' : 'invalid')
