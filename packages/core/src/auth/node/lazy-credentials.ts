import { CredentialsError, getFailureReason } from '../../errors/credentials-error.ts'
import type { Credentials } from '../credentials.ts'
import { createForwardingCredentials } from '../forwarding-credentials.ts'

/** The credentials of a source, and the values that show whether they have changed. */
export interface FoundCredentials {
  readonly credentials: Credentials
  /** The values that `credentials` were created from. `undefined` if they cannot change. */
  readonly values?: readonly (string | undefined)[] | undefined
}

/**
 * Creates credentials that run `find` for the first request, and use its result for all later requests. If `find` fails, the next request
 * runs it again.
 *
 * After a 401, `find` is called again, because another process may have replaced the keys in the source, such as a file. If the values have
 * changed, the request that got the 401 is sent again with the new values.
 *
 * @param source name of the source, for messages. If the credentials that `find` returns have a `source`, their `source` is used instead.
 */
export function createLazyCredentials(
  source: string,
  find: () => FoundCredentials | Promise<FoundCredentials>,
): Credentials {
  let found: FoundCredentials | undefined
  let search: Promise<FoundCredentials> | undefined

  async function runSearch(): Promise<FoundCredentials> {
    try {
      found = await find()
      return found
    } catch (cause) {
      throw new CredentialsError([{ source, reason: getFailureReason(cause) }], cause)
    }
  }

  function getCurrent(): Promise<FoundCredentials> {
    search ??= runSearch().catch(error => {
      search = undefined
      throw error
    })
    return search
  }

  /** Returns whether the values in the source have changed. A source that cannot be read counts as unchanged. */
  async function replace(used: FoundCredentials): Promise<boolean> {
    if (!used.values) return false
    const next = await Promise.resolve(find()).catch(() => used)
    // Another call may have found the new values in the meantime.
    if (found !== used) return true
    if (hasSameValues(next, used)) return false
    found = next
    search = Promise.resolve(next)
    return true
  }

  return {
    get source() {
      return found?.credentials.source ?? source
    },
    ...createForwardingCredentials({ getCurrent, replace }),
  }
}

const hasSameValues = (one: FoundCredentials, other: FoundCredentials): boolean =>
  JSON.stringify(one.values) === JSON.stringify(other.values)
