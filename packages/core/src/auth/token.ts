import { type Credentials, headerSafe } from './credentials.ts'

/**
 * Credentials from an IAM token, sent as `X-Auth-Token`.
 *
 * Give the token itself, or a function that returns the current one. The function is asked before every attempt, so it
 * should cache; after a 401 the call is sent once more if the function then returns another token. A token lives 24 hours.
 *
 * @throws TypeError (when a call is made) if the token is empty or holds characters that a header cannot carry
 * @example
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials: token(process.env.OS_TOKEN) })
 */
export function token(
  value: string | undefined | (() => string | undefined | Promise<string | undefined>),
): Credentials {
  const current = async () => headerSafe(typeof value === 'function' ? await value() : value, 'token')
  return {
    async authorize({ headers }) {
      const used = await current()
      headers.set('X-Auth-Token', used)
      return used
    },
    onUnauthorized: async used => typeof value === 'function' && (await current()) !== used,
  }
}
