import { keyLockFailures, keyLockMs, maxClockSkewMs, maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import type { ApiResponse } from '../http/attempts.ts'
import { type Credentials, headerSafe } from './credentials.ts'
import { access } from './signing/access.ts'
import { type SigningForm, sign } from './signing/sign.ts'

export interface AkskOptions {
  /** Access key (AK). */
  accessKey: string | undefined
  /** Secret key (SK). It signs and is never sent. */
  secretKey: string | undefined
  /** Security token of a temporary AK/SK pair. */
  securityToken?: string | undefined
  /** How it signs: `scoped({ region, service })` or `v11({ region, service })`. @default `Access=`, for any region and service */
  form?: SigningForm | undefined
  /** The time as epoch ms, for the signature's date. @default Date.now */
  now?: () => number
}

/**
 * A 401 is caused by the clock if the clocks differ by more than this. It is less than the gateway tolerates, because its time is
 * read to the minute and comes from another moment than the signature.
 */
const getRelevantSkewMs = (): number => maxClockSkewMs / 3

/**
 * Credentials from an access key: every attempt is signed with `SDK-HMAC-SHA256`.
 *
 * Signed are the URL, the body, and every header that the call sets, `x-project-id` among them: whoever changes one on
 * the way gets a 401. The body is left out for a call that sets the header `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`. The
 * gateway limits the size of a signed request's body; a larger body is rejected before it is sent.
 *
 * The gateway rejects a signature whose date differs too much from its own clock. If the clocks differ, the client signs the
 * request once more by the gateway's clock, and uses that clock for all later requests. No other 401 is retried, because the
 * gateway locks a key after several rejected signatures in a row. When one more would lock the key, the client sends nothing
 * for as long as the lock would last: calls reject with the last AuthError.
 *
 * @throws TypeError naming the field if a key is missing or cannot be sent; when a call is made, if its body is too large to sign
 * @example
 * const credentials = aksk({ accessKey: process.env.HUAWEICLOUD_SDK_AK, secretKey: process.env.HUAWEICLOUD_SDK_SK })
 */
export function aksk({ accessKey, secretKey, securityToken, form = access, now = Date.now }: AkskOptions): Credentials {
  const signer = form(headerSafe(accessKey, 'accessKey'), headerSafe(secretKey, 'secretKey'))
  const session = securityToken && headerSafe(securityToken, 'securityToken')
  /** What the gateway's clock is ahead of ours, in ms. */
  let offset = 0
  /** Refusals in a row, and what to say, and until when, as one more would lock the key. */
  let refused = 0
  let until = 0
  let refusal: Error | undefined
  return {
    async authorize(request) {
      const { headers, body } = request
      if (body.length > maxSignedBodyBytes)
        throw new TypeError(`body: over ${maxSignedBodyBytes / 2 ** 20} MB needs token()`)
      if (until > now()) throw refusal
      const time = now() + offset
      headers.set('X-Sdk-Date', new Date(time).toISOString().replace(/[-:]|\.\d+/g, ''))
      if (session) headers.set('X-Security-Token', session)
      headers.set('Authorization', await sign(request, signer))
      return time
    },
    onAccepted() {
      refused = 0
    },
    onUnauthorized(used, answer, body) {
      // `…,server time:20260102T030405Z`. Its minutes will do.
      const told = /server time:(.{13})/.exec(JSON.stringify(body))?.[1]?.replace(/(....)(..)(..T..)/, '$1-$2-$3:')
      const theirs = Date.parse(told ? `${told}Z` : `${answer.headers.get('date')}`)
      if (Math.abs(theirs - (used as number)) > getRelevantSkewMs()) {
        offset = theirs - now()
        return true
      }
      if (++refused >= keyLockFailures - 1) {
        until = now() + keyLockMs
        refusal = (answer as ApiResponse).failure
        if (refusal) refusal.message += '; one more locks the key'
      }
      return false
    },
  }
}
