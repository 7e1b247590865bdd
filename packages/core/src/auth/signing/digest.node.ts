import type { Hmac } from './types.ts'

/** Loads node:crypto when the first key is used. Loading it takes long, so a program that only imports a client must not load it. */
const getCrypto = () => process.getBuiltinModule('node:crypto')

/** Computes the SHA-256 of bytes, or of a text in UTF-8, as lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => getCrypto().hash('sha256', data)

/** Creates the HMAC-SHA256 function of a secret, given as bytes or as a text in UTF-8. */
export function hmacSha256(secret: string | Uint8Array): Hmac {
  const { createHmac, createSecretKey } = getCrypto()
  const key = typeof secret === 'string' ? createSecretKey(secret, 'utf8') : createSecretKey(secret)
  return text => createHmac('sha256', key).update(text).digest('hex')
}
