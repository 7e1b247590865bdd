import { CredentialsError, getFailureReason } from '../../errors/credentials-error.ts'
import type { Credentials } from '../credentials.ts'

/**
 * Creates credentials that call `find` on the first call, and keep what it returns. If it fails, the next call tries again.
 *
 * @param source name of the source, for people. Replaced by the `source` of the credentials that are found.
 */
export function createLazyCredentials(source: string, find: () => Credentials | Promise<Credentials>): Credentials {
  let found: Credentials | undefined
  let search: Promise<Credentials> | undefined

  async function runSearch(): Promise<Credentials> {
    try {
      found = await find()
      return found
    } catch (cause) {
      throw new CredentialsError([{ source, reason: getFailureReason(cause) }], cause)
    }
  }

  return {
    get source() {
      return found?.source ?? source
    },
    async authorize(request, attempt) {
      search ??= runSearch().catch(error => {
        search = undefined
        throw error
      })
      return (await search).authorize(request, attempt)
    },
    onAccepted: authorization => found?.onAccepted?.(authorization),
    onUnauthorized: async (authorization, response) =>
      (await found?.onUnauthorized?.(authorization, response)) ?? false,
  }
}
