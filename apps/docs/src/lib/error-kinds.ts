import type { ErrorKind } from '@jobscope/core'

/** Explains each error kind of core. If a kind has no entry here, the file does not compile. */
export const KIND_MEANINGS: { readonly [K in ErrorKind]: string } = {
  auth: 'The credentials are wrong or missing.',
  'auth-expired': 'The credentials have expired. Get new ones.',
  forbidden: 'The credentials are valid but do not permit this operation.',
  'not-found': 'The resource does not exist.',
  conflict: 'The resource already exists, or its state does not allow this operation.',
  quota: 'A quota of the account or project is exhausted.',
  'rate-limit': 'Too many requests. Send fewer.',
  transient: 'A temporary problem of the service. The request can be retried.',
  invalid: 'The service rejects a parameter or the body.',
}
