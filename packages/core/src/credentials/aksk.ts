import { access } from '../sign/access.ts'
import { type SigningForm, sign } from '../sign/sign.ts'
import { type Credentials, headerSafe } from './credentials.ts'

export interface AkskOptions {
  /** Access key (AK). */
  accessKey: string | undefined
  /** Secret key (SK). It signs and is never sent. */
  secretKey: string | undefined
  /** Security token of a temporary AK/SK pair. */
  securityToken?: string | undefined
  /** How it signs: `access`, `scoped({ region, service })` or `v11({ region, service })`. @default access, which is for any region and service */
  form?: SigningForm | undefined
  /** The time as epoch ms, for the signature's date. @default Date.now */
  now?: () => number
}

/**
 * Credentials from an access key: every attempt is signed with `SDK-HMAC-SHA256`.
 *
 * Signed are the URL, the body, and every header that the call sets, `x-project-id` among them: whoever changes one on
 * the way gets a 401. The gateway accepts a signature whose date is at most 15 minutes off, and locks a key for five
 * minutes after five failures in a row; so a 401 is never retried.
 *
 * @throws TypeError naming the field if a key is missing or cannot be sent
 * @example
 * const credentials = aksk({ accessKey: process.env.HUAWEICLOUD_SDK_AK, secretKey: process.env.HUAWEICLOUD_SDK_SK })
 */
export function aksk({ accessKey, secretKey, securityToken, form = access, now = Date.now }: AkskOptions): Credentials {
  const signer = form(headerSafe(accessKey, 'accessKey'), headerSafe(secretKey, 'secretKey'))
  const session = securityToken && headerSafe(securityToken, 'securityToken')
  return {
    async authorize(request) {
      const { headers } = request
      headers.set('X-Sdk-Date', new Date(now()).toISOString().replace(/[-:]|\.\d+/g, ''))
      if (session) headers.set('X-Security-Token', session)
      headers.set('Authorization', await sign(request, signer))
    },
  }
}
