import { hmacSha256 } from '#platform'
import { createDerivedKeyForm, parseHex } from './derived-key.ts'
import type { SigningForm, SigningScope } from './types.ts'

/**
 * `V11-HMAC-SHA256`. The key is derived by HKDF for a day, a region and a service.
 *
 * @example
 * const credentials = aksk({ accessKey, secretKey, form: v11({ region: 'eu-de', service: 'dli' }) })
 */
export const v11 = ({ region, service }: SigningScope): SigningForm =>
  createDerivedKeyForm({
    algorithm: 'V11-HMAC-SHA256',
    getScope: day => `${day}/${region}/${service}`,
    async deriveKey(scope, accessKey, secretKey) {
      // HKDF-SHA256 with the access key as salt. The derived key is the first block, 32 bytes. The hex text of this block is the key of the
      // signature.
      const extract = hmacSha256(accessKey)
      const expand = hmacSha256(parseHex(await extract(secretKey)))
      return hmacSha256(await expand(`${scope}\x01`))
    },
  })
