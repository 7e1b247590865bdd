/** SHA-256 by Web Crypto. Node takes digest.node.ts instead (see `imports` in package.json): it is seven times as fast. */
import type { Hmac } from './sign.ts'

const bytes = (data: string | Uint8Array) =>
  (typeof data === 'string' ? new TextEncoder().encode(data) : data) as Uint8Array<ArrayBuffer>

const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => (byte + 256).toString(16).slice(1)).join('')

/** SHA-256 of bytes, or of a text in UTF-8, as lower-case hex. */
export const sha256 = async (data: string | Uint8Array): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes(data)))

/** HMAC-SHA256 under `secret`, bytes or a text in UTF-8; the key is imported once. */
export function hmacSha256(secret: string | Uint8Array): Hmac {
  let key: Promise<CryptoKey> | undefined
  return async text => {
    key ??= crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return hex(await crypto.subtle.sign('HMAC', await key, bytes(text)))
  }
}
