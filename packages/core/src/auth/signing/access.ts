import { hmacSha256 } from '#platform'
import type { Signer } from './types.ts'

const algorithm = 'SDK-HMAC-SHA256'

/**
 * The default form: `SDK-HMAC-SHA256` with `Access=`. The signature is computed with the secret key itself, so it is valid for any region
 * and service.
 */
export function access(accessKey: string, secretKey: string): Signer {
  const hmac = hmacSha256(secretKey)
  return async (date, hash) => [`${algorithm} Access=${accessKey}`, await hmac(`${algorithm}\n${date}\n${hash}`)]
}
