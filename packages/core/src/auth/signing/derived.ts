import type { Hmac, SigningForm } from './sign.ts'

/** Where a derived key holds. */
export interface SigningScope {
  /** As in `eu-de`. `globe` for services without regions. */
  readonly region: string
  /** As in host names: `dli`. */
  readonly service: string
}

/** A form with `Credential=`, whose key is derived anew for each day, and kept for that day. */
export const derived =
  (
    algorithm: string,
    scopeOf: (day: string) => string,
    derive: (scope: string, accessKey: string, secretKey: string) => Promise<Hmac>,
  ): SigningForm =>
  (accessKey, secretKey) => {
    let current: { scope: string; hmac: Promise<Hmac> } | undefined
    return async (date, hash) => {
      const scope = scopeOf(date.slice(0, 8))
      if (current?.scope !== scope) current = { scope, hmac: derive(scope, accessKey, secretKey) }
      const hmac = await current.hmac
      return [`${algorithm} Credential=${accessKey}/${scope}`, await hmac([algorithm, date, scope, hash].join('\n'))]
    }
  }

/** The bytes that hex stands for. */
export const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16))
