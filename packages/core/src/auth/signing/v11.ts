import { hmacSha256 } from '#platform'
import { bytesOf, derived, type SigningScope } from './derived.ts'
import type { SigningForm } from './sign.ts'

/**
 * `V11-HMAC-SHA256`: the key is derived by HKDF for a day, a region and a service.
 *
 * @example
 * const credentials = aksk({ accessKey, secretKey, form: v11({ region: 'eu-de', service: 'dli' }) })
 */
export const v11 = ({ region, service }: SigningScope): SigningForm =>
  derived(
    'V11-HMAC-SHA256',
    day => `${day}/${region}/${service}`,
    async (scope, accessKey, secretKey) => {
      // HKDF-SHA256 with the access key as its salt. 32 bytes are its first block; the key is their hex, as a text.
      const extracted = hmacSha256(bytesOf(await hmacSha256(accessKey)(secretKey)))
      return hmacSha256(await extracted(`${scope}\x01`))
    },
  )
