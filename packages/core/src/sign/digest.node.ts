import { createHmac, createSecretKey, hash } from 'node:crypto'
import type { Hmac } from './sign.ts'

/** SHA-256 as lower-case hex. */
export const sha256 = (data: Uint8Array): string => hash('sha256', data)

/** HMAC-SHA256 under `secret`. */
export function keyed(secret: string): Hmac {
  const key = createSecretKey(secret, 'utf8')
  return text => createHmac('sha256', key).update(text).digest('hex')
}
