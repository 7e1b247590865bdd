import type { ErrorKind } from '@jobscope/core'

/** What each kind of error means to a caller. The kinds are core's; a new one does not compile without its line here. */
export const KIND_MEANINGS: { readonly [K in ErrorKind]: string } = {
  auth: 'The credentials are wrong or missing.',
  'auth-expired': 'They were right once; get new ones.',
  forbidden: 'The caller is known and may not do this.',
  'not-found': 'What the call names is not there.',
  conflict: 'It is there already, or in a state that does not allow this.',
  quota: 'A limit of the account or the project is reached.',
  'rate-limit': 'Too many calls; slow down.',
  transient: 'Nothing is wrong with the call; it may be repeated.',
  invalid: 'The service refuses a value.',
}
