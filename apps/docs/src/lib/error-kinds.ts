import type { ErrorKind } from '@jobscope/core'

/** Explains each error kind of core. If a kind has no entry here, the file does not compile. */
export const KIND_MEANINGS: { readonly [K in ErrorKind]: string } = {
  auth: 'The credentials are wrong or missing.',
  'auth-expired': 'The credentials have expired. Get new credentials.',
  forbidden: 'The credentials are valid but do not permit this operation.',
  'not-found': 'The resource does not exist.',
  conflict: 'The resource already exists, or its state does not allow this operation.',
  quota: 'A quota of the account or project is exhausted.',
  'rate-limit': 'The service received too many requests. Send fewer requests.',
  transient: 'The service has a temporary problem. You can retry the request.',
  invalid: 'The service rejects a parameter or the body.',
}

/** Says what to do about each error kind. */
export const KIND_FIXES: { readonly [K in ErrorKind]: string } = {
  auth: 'Check which credentials are used: run `jobscope login`, or print `credentials.source`. Check the clock of this machine, the region and the project ID. Do not repeat the request unchanged: wrong signatures lock an access key.',
  'auth-expired':
    'Get a new token or temporary key. Jobscope renews some credentials automatically, for example `password()`. If your program gets the token itself, pass a function to `token()`.',
  forbidden: 'Ask the administrator of the account to grant the permission, or use the project that owns the resource.',
  'not-found':
    'Check the ID, the project and the region. If the resource was created a moment ago, wait some seconds and repeat the request.',
  conflict:
    'Read the current state of the resource first. If its name is taken, use another name. Otherwise, wait until the state allows the operation.',
  quota: 'Delete what you no longer need, wait until other jobs have ended, or ask the vendor for a higher quota.',
  'rate-limit': 'Send fewer requests, and wait for `retryAfter` milliseconds. The client has already retried.',
  transient:
    'Repeat the request later. The client has already repeated read-only requests. Before you repeat a request that creates a job, check whether the job exists.',
  invalid:
    'Compare the parameter that the message names with the reference of the operation, and correct it. Repeating the request does not help.',
}
