import { hmacSha256 } from '#platform'
import type { Signer } from './sign.ts'

const algorithm = 'SDK-HMAC-SHA256'

/** `SDK-HMAC-SHA256` in its `Access=` form, the default: signed with the secret key itself, for any region and service. */
export function access(accessKey: string, secretKey: string): Signer {
  const hmac = hmacSha256(secretKey)
  return async (date, hash) => [`${algorithm} Access=${accessKey}`, await hmac(`${algorithm}\n${date}\n${hash}`)]
}
