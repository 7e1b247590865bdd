import { CredentialsError, triedBy } from '../errors/credentials-error.ts'
import { HeaderMap } from '../http/header-map.ts'
import type { Credentials, OutgoingRequest } from './credentials.ts'

/**
 * Credentials from the first source that has some; that source is kept.
 *
 * The sources are tried in order when a call is made for the first time, once for all calls that wait for it. A source
 * has none if its `authorize` throws. `source` names the one that was kept.
 *
 * @throws CredentialsError (when a call is made) if none has any; it names every source and why it failed, and the next call tries again
 * @throws TypeError if no source is given
 * @example
 * const credentials = chain(fromEnv(), fromProfile(), token(() => readTokenFromVault()))
 */
export function chain(...sources: readonly Credentials[]): Credentials {
  if (!sources.length) throw new TypeError('chain: must be given a source')
  const nameOf = ({ source }: Credentials, index: number) => source ?? `source ${index + 1}`
  let kept: Credentials | undefined
  let choice: Promise<Credentials> | undefined

  async function choose(request: OutgoingRequest): Promise<Credentials> {
    const errors: unknown[] = []
    for (const source of sources) {
      try {
        // On a copy: what a source wrote before it failed must not be sent.
        await source.authorize({ ...request, headers: new HeaderMap(request.headers) })
        kept = source
        return source
      } catch (error) {
        errors.push(error)
      }
    }
    const tried = sources.flatMap((source, index) => triedBy(errors[index], nameOf(source, index)))
    throw new CredentialsError(tried, new AggregateError(errors))
  }

  return {
    get source() {
      return kept ? nameOf(kept, sources.indexOf(kept)) : sources.map(nameOf).join(', ')
    },
    async authorize(request) {
      choice ??= choose(request).catch(error => {
        choice = undefined
        throw error
      })
      return (await choice).authorize(request)
    },
    onAccepted: used => kept?.onAccepted?.(used),
    onUnauthorized: async (used, answer, body) => (await kept?.onUnauthorized?.(used, answer, body)) ?? false,
  }
}
