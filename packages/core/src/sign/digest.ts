/** SHA-256 by Web Crypto. Node takes digest.node.ts instead (see `imports` in package.json): it is seven times as fast. */
import type { Hmac } from './sign.ts'

const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => (byte + 256).toString(16).slice(1)).join('')

/** SHA-256 as lower-case hex. */
export const sha256 = async (data: Uint8Array): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>))

/** HMAC-SHA256 under `secret`; the key is imported once. */
export function keyed(secret: string): Hmac {
  const bytes = (text: string) => new TextEncoder().encode(text)
  let key: Promise<CryptoKey> | undefined
  return async text => {
    key ??= crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return hex(await crypto.subtle.sign('HMAC', await key, bytes(text)))
  }
}
