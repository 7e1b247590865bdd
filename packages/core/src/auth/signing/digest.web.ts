/** SHA-256 by Web Crypto. Node.js uses digest.node.ts, which is seven times as fast (see `imports` in package.json). */
import type { Hmac } from './types.ts'

const toBytes = (data: string | Uint8Array) =>
  (typeof data === 'string' ? new TextEncoder().encode(data) : data) as Uint8Array<ArrayBuffer>

const toHex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('')

/** Computes the SHA-256 of bytes, or of a text in UTF-8, as lower-case hex. */
export const sha256 = async (data: string | Uint8Array): Promise<string> =>
  toHex(await crypto.subtle.digest('SHA-256', toBytes(data)))

/** Creates the HMAC-SHA256 function of a secret, given as bytes or as a text in UTF-8. The key is imported once. */
export function hmacSha256(secret: string | Uint8Array): Hmac {
  let key: Promise<CryptoKey> | undefined
  return async text => {
    key ??= crypto.subtle.importKey('raw', toBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return toHex(await crypto.subtle.sign('HMAC', await key, toBytes(text)))
  }
}
