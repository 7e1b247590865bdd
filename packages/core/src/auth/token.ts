import { requireHeaderToken } from '../http/header-token.ts'
import type { Credentials } from './credentials.ts'

/**
 * Creates credentials from an IAM token, which is sent as `X-Auth-Token`.
 *
 * Pass the token itself or a function that returns the current token. The function is called before every attempt, so it should cache the
 * token. After a 401 the call is repeated once if the function then returns another token. A token is valid for 24 hours.
 *
 * @throws ConfigurationError (when a call is made) if the token is missing or contains characters that a header cannot carry
 * @example
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials: token(process.env.OS_TOKEN) })
 */
export function token(
  value: string | undefined | (() => string | undefined | Promise<string | undefined>),
): Credentials {
  const getToken = async () =>
    requireHeaderToken(typeof value === 'function' ? await value() : value, 'credentials.token')
  return {
    async authorize({ headers }) {
      const current = await getToken()
      headers.set('X-Auth-Token', current)
      return current
    },
    onUnauthorized: async rejectedToken => typeof value === 'function' && (await getToken()) !== rejectedToken,
  }
}
