import { CredentialsError, reasonOf } from '../../errors/credentials-error.ts'
import type { Credentials } from '../credentials.ts'

/**
 * Credentials that are looked for when the first call needs them, and then kept. What is not found is looked for again.
 *
 * @param source where, in words; what is found can say it better by a `source` of its own
 */
export function onFirstUse(source: string, find: () => Credentials | Promise<Credentials>): Credentials {
  let found: Credentials | undefined
  let search: Promise<Credentials> | undefined

  async function look(): Promise<Credentials> {
    try {
      found = await find()
      return found
    } catch (cause) {
      throw new CredentialsError([{ source, reason: reasonOf(cause) }], cause)
    }
  }

  return {
    get source() {
      return found?.source ?? source
    },
    async authorize(request) {
      search ??= look().catch(error => {
        search = undefined
        throw error
      })
      return (await search).authorize(request)
    },
    onAccepted: used => found?.onAccepted?.(used),
    onUnauthorized: async (used, response, body) => (await found?.onUnauthorized?.(used, response, body)) ?? false,
  }
}
