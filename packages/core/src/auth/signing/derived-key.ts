import type { Hmac, SigningForm } from './types.ts'

export interface DerivedKeyForm {
  readonly algorithm: string
  /** Returns the scope for a day (`20260102`). In `Credential=`, the scope follows the access key. */
  readonly getScope: (day: string) => string
  readonly deriveKey: (scope: string, accessKey: string, secretKey: string) => Promise<Hmac>
}

/** Creates a form of signature with `Credential=`. The key of the signature is derived once per day. */
export const createDerivedKeyForm =
  ({ algorithm, getScope, deriveKey }: DerivedKeyForm): SigningForm =>
  (accessKey, secretKey) => {
    let current: { readonly scope: string; readonly hmac: Promise<Hmac> } | undefined
    return async (date, hash) => {
      const day = date.slice(0, 8)
      const scope = getScope(day)
      if (current?.scope !== scope) current = { scope, hmac: deriveKey(scope, accessKey, secretKey) }
      const hmac = await current.hmac
      return [`${algorithm} Credential=${accessKey}/${scope}`, await hmac([algorithm, date, scope, hash].join('\n'))]
    }
  }

/** Converts hex to bytes. */
export const parseHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16))
