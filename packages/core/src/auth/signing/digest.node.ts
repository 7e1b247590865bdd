import type { Hmac } from './sign.ts'

/** Loaded by the first key, since it takes long to load: what only imports a client need not wait for it. */
const crypto = () => process.getBuiltinModule('node:crypto')

/** SHA-256 of bytes, or of a text in UTF-8, as lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => crypto().hash('sha256', data)

/** HMAC-SHA256 under `secret`, bytes or a text in UTF-8. */
export function hmacSha256(secret: string | Uint8Array): Hmac {
  const { createHmac, createSecretKey } = crypto()
  const key = typeof secret === 'string' ? createSecretKey(secret, 'utf8') : createSecretKey(secret)
  return text => createHmac('sha256', key).update(text).digest('hex')
}
