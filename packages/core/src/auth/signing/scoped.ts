import { hmacSha256 } from '#platform'
import { bytesOf, derived, type SigningScope } from './derived.ts'
import type { SigningForm } from './sign.ts'

/**
 * `SDK-HMAC-SHA256` in its older form with `Credential=`: the key is derived for a day, a region and a service. Open Telekom
 * Cloud's Go SDK and Terraform provider sign so.
 *
 * @example
 * const credentials = aksk({ accessKey, secretKey, form: scoped({ region: 'eu-de', service: 'dli' }) })
 */
export const scoped = ({ region, service }: SigningScope): SigningForm =>
  derived(
    'SDK-HMAC-SHA256',
    day => `${day}/${region}/${service}/sdk_request`,
    async (scope, _, secretKey) => {
      let hmac = hmacSha256(`SDK${secretKey}`)
      for (const part of scope.split('/')) hmac = hmacSha256(bytesOf(await hmac(part)))
      return hmac
    },
  )
