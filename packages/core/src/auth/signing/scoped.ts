import { hmacSha256 } from '#platform'
import { createDerivedKeyForm, parseHex } from './derived-key.ts'
import type { SigningForm, SigningScope } from './types.ts'

/**
 * The older form of `SDK-HMAC-SHA256`, with `Credential=`. The key is derived for a day, a region and a service. The Go SDK and the
 * Terraform provider of Open Telekom Cloud use this form.
 *
 * @example
 * const credentials = aksk({ accessKey, secretKey, form: scoped({ region: 'eu-de', service: 'dli' }) })
 */
export const scoped = ({ region, service }: SigningScope): SigningForm =>
  createDerivedKeyForm({
    algorithm: 'SDK-HMAC-SHA256',
    getScope: day => `${day}/${region}/${service}/sdk_request`,
    async deriveKey(scope, _accessKey, secretKey) {
      let hmac = hmacSha256(`SDK${secretKey}`)
      for (const part of scope.split('/')) hmac = hmacSha256(parseHex(await hmac(part)))
      return hmac
    },
  })
