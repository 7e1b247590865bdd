import { isArgumentError } from '../errors/argument-error.ts'
import { isAuthError } from '../errors/auth-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { CredentialsError, getFailedSources } from '../errors/credentials-error.ts'
import { HeaderMap } from '../http/header-map.ts'
import type { Credentials, OutgoingRequest } from './credentials.ts'

/**
 * Creates credentials that use the first source that has credentials. Later calls use the same source.
 *
 * The first call tries the sources in order. Calls that start in the meantime wait for the result of the first call. A source fails if its
 * `authorize` throws. `source` names the source in use. If `authorize` throws an ArgumentError or an AuthError, the source has credentials,
 * but this call cannot be sent with them. The call then rejects with this error, and the chain does not try the next source.
 *
 * @throws CredentialsError (when a call is made) if all sources fail. The error names each source and the reason why it failed. The next
 * call tries all sources again.
 * @throws ConfigurationError if no source is passed
 * @example
 * const credentials = chain(fromEnv(), fromProfile(), token(() => readTokenFromSecretStore()))
 */
export function chain(...sources: readonly Credentials[]): Credentials {
  if (sources.length === 0)
    throw new ConfigurationError('credentials', 'chain() needs at least one source of credentials')
  const getName = ({ source }: Credentials, index: number) => source ?? `source ${index + 1}`
  let selected: Credentials | undefined
  let selection: Promise<Credentials> | undefined

  async function select(request: OutgoingRequest): Promise<Credentials> {
    const errors: unknown[] = []
    for (const source of sources) {
      try {
        // Each source authorizes a copy of the request, because headers that a failing source has set must not be sent.
        await source.authorize({ ...request, headers: new HeaderMap(request.headers) })
        selected = source
        return source
      } catch (error) {
        if (isArgumentError(error) || isAuthError(error)) throw error
        errors.push(error)
      }
    }
    const failures = sources.flatMap((source, index) => getFailedSources(errors[index], getName(source, index)))
    throw new CredentialsError(failures, new AggregateError(errors))
  }

  return {
    get source() {
      return selected ? getName(selected, sources.indexOf(selected)) : sources.map(getName).join(', ')
    },
    async authorize(request, attempt) {
      selection ??= select(request).catch(error => {
        selection = undefined
        throw error
      })
      return (await selection).authorize(request, attempt)
    },
    onAccepted: authorization => selected?.onAccepted?.(authorization),
    onUnauthorized: async (authorization, response) =>
      (await selected?.onUnauthorized?.(authorization, response)) ?? false,
  }
}
