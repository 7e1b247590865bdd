import type { Answer } from '../http/attempts.ts'
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
 * Credentials from an access key: every attempt is signed with `SDK-HMAC-SHA256`.
 *
 * Signed are the URL, the body, and every header that the call sets, `x-project-id` among them: whoever changes one on
 * the way gets a 401. The body is left out for a call that sets the header `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`. The
 * gateway takes at most 12 MB in a signed request; a larger body is refused before it is sent.
 *
 * The gateway accepts a signature whose date is at most 15 minutes off. If it refuses one, and the clocks differ by more than
 * 5 minutes, the request is signed once more by the gateway's clock, and so are all that follow. No other 401 is retried: five in
 * a row lock a key for five minutes. After four in a row nothing is sent for that time: calls reject with the last AuthError.
 *
 * @throws TypeError naming the field if a key is missing or cannot be sent; when a call is made, if its body is over 12 MB
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
      if (body.length > 12 * 2 ** 20) throw new TypeError('body: over 12 MB needs token()')
      if (until > now()) throw refusal
      const time = now() + offset
      headers.set('X-Sdk-Date', new Date(time).toISOString().replace(/[-:]|\.\d+/g, ''))
      if (session) headers.set('X-Security-Token', session)
      headers.set('Authorization', await sign(request, signer))
      return time
    },
    accepted() {
      refused = 0
    },
    rejected(used, answer, body) {
      // `…,server time:20260102T030405Z`. Its minutes will do.
      const told = /server time:(.{13})/.exec(JSON.stringify(body))?.[1]?.replace(/(....)(..)(..T..)/, '$1-$2-$3:')
      const theirs = Date.parse(told ? `${told}Z` : `${answer.headers.get('date')}`)
      if (Math.abs(theirs - (used as number)) > 300_000) {
        offset = theirs - now()
        return true
      }
      if (++refused > 3) {
        until = now() + 300_000
        refusal = (answer as Answer).failure
        if (refusal) refusal.message += '; a 5th locks it'
      }
      return false
    },
  }
}
