import { ArgumentError } from '../errors/argument-error.ts'
import { maxClockSkewMs, maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import { requireHeaderToken } from '../http/header-token.ts'
import { systemClock } from '../time/clock.ts'
import type { Credentials } from './credentials.ts'
import { getKeyLockGuard, hashSecret } from './key-lock-guard.ts'
import { access } from './signing/access.ts'
import { sign } from './signing/sign.ts'
import type { SigningForm } from './signing/types.ts'

export interface AkskOptions {
  /** Access key (AK). */
  accessKey: string | undefined
  /** Secret key (SK). It signs the requests and is never sent. */
  secretKey: string | undefined
  /** Security token of a temporary key pair. */
  securityToken?: string | undefined
  /**
   * Form of the signature: `scoped({ region, service })` or `v11({ region, service })`. @default the form `Access=`, which is valid for any
   * region and service
   */
  form?: SigningForm | undefined
  /** Returns the time as epoch milliseconds, for the signature's date. @default Date.now */
  now?: (() => number) | undefined
}

/**
 * If the clocks differ by more than this number of milliseconds, the client assumes that the difference caused a 401. The client cannot
 * measure the difference precisely: the gateway may report its time without seconds, and reads its clock after the client has signed the
 * request. So the limit is lower than the difference that the gateway accepts.
 */
const getRelevantSkewMs = (): number => maxClockSkewMs / 3

/**
 * Creates credentials from an access key. Every attempt is signed with `SDK-HMAC-SHA256`.
 *
 * The signature covers the URL, the body, and every header that the call sets, including `x-project-id`. If a proxy changes one of these
 * parts, the gateway returns a 401. If a call sets the header `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`, the body is not covered. The
 * gateway accepts signed bodies only up to a maximum size. The client does not send a larger body, and rejects the call.
 *
 * The gateway returns a 401 if the date of a signature differs too much from the gateway's clock. After such a 401, the client signs the
 * request once more with the gateway's time, and uses the gateway's clock for all later requests. No other 401 is retried, because the
 * gateway locks a key after several rejected signatures in a row. At first, and after each rejection, the client sends one request at a
 * time until the gateway accepts a signature. Meanwhile, other calls wait for the response to this request. If a request is sent but gets
 * no response, for example because its caller aborts it, the gateway may have rejected it, so it counts as rejected. When more rejections could
 * lock the key, the client sends nothing for as long as the lock would last. During this time, calls reject with an AuthError whose `cause`
 * is the last rejection, or with a transient NetworkError if the last request got no response. All clients of a process count together if they have the same access key. Credentials with the same access key
 * and another secret key can send one request during the pause. Requests that were already sent when the gateway rejected the first
 * signature, for example because a key was revoked, cannot be taken back.
 *
 * @throws ConfigurationError if a key is missing or contains characters that a header cannot carry
 * @throws ArgumentError (when a call is made) if the body is too large to sign
 * @example
 * const credentials = aksk({ accessKey: process.env.HUAWEICLOUD_SDK_AK, secretKey: process.env.HUAWEICLOUD_SDK_SK })
 */
export function aksk({ accessKey, secretKey, securityToken, form = access, ...options }: AkskOptions): Credentials {
  const { now = Date.now } = options
  const key = requireHeaderToken(accessKey, 'credentials.accessKey')
  const secret = requireHeaderToken(secretKey, 'credentials.secretKey')
  const signer = form(key, secret)
  const sessionToken = securityToken && requireHeaderToken(securityToken, 'credentials.securityToken')
  // The pause of the guard must not change if the clock of this machine is set.
  const guard = getKeyLockGuard(key, options.now ?? systemClock.now)
  const secretHash = hashSecret(`${secret} ${sessionToken}`)
  const formatDate = createDateFormat()
  /** How far the gateway's clock is ahead of this machine's clock, in milliseconds. */
  let clockOffset = 0

  return {
    async authorize(request, attempt) {
      const { headers, body } = request
      if (body.length > maxSignedBodyBytes) {
        const problem = `body has ${body.length} bytes, but only ${maxSignedBodyBytes} can be signed. Use token().`
        throw new ArgumentError(undefined, 'body', problem)
      }
      await guard.waitForTurn(secretHash, attempt)
      const time = now() + clockOffset
      headers.set('X-Sdk-Date', formatDate(time))
      if (sessionToken) headers.set('X-Security-Token', sessionToken)
      headers.set('Authorization', await sign(request, signer))
      return time
    },
    onAccepted: () => guard.onAccepted(secretHash),
    onUnauthorized(signedAt, { failure, serverTime = Number.NaN }) {
      guard.onRejected(secretHash, failure)
      if (!(Math.abs(serverTime - (signedAt as number)) > getRelevantSkewMs())) return false
      clockOffset = serverTime - now()
      return true
    },
  }
}

/**
 * Creates a function that formats epoch milliseconds as `20260102T030405Z`. The function caches its last result, because many calls are
 * made within the same second.
 */
function createDateFormat(): (time: number) => string {
  let lastSecond: number | undefined
  let lastDate = ''
  return time => {
    const second = Math.floor(time / 1000)
    if (second !== lastSecond) {
      lastDate = new Date(second * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
      lastSecond = second
    }
    return lastDate
  }
}
