import { access, type SigningForm, scoped, v11 } from '@jobscope/core/sign'

/** What an `Authorization` header says. */
export interface Authorization {
  readonly accessKey: string
  /** How the signature was made. */
  readonly form: SigningForm
  /** Names in lower case, in the order given. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const HEADER =
  /^(SDK-HMAC-SHA256|V11-HMAC-SHA256) (?:Access=([^,\s]+)|Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)(\/sdk_request)?), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/

/** Reads the three forms of signature; `undefined` for anything else. */
export function parseAuthorization(header: string): Authorization | undefined {
  const found = HEADER.exec(header.trim())
  if (!found) return undefined
  const [, algorithm, plainKey, scopedKey, , region = '', service = '', suffix, names = '', signature = ''] = found
  const form = formOf(algorithm === 'V11-HMAC-SHA256', plainKey !== undefined, suffix !== undefined, {
    region,
    service,
  })
  return (
    form && { accessKey: plainKey ?? scopedKey ?? '', form, signedHeaders: names.toLowerCase().split(';'), signature }
  )
}

function formOf(
  isV11: boolean,
  isPlain: boolean,
  isScoped: boolean,
  scope: { region: string; service: string },
): SigningForm | undefined {
  if (isPlain) return isV11 ? undefined : access
  if (isV11) return isScoped ? undefined : v11(scope)
  return isScoped ? scoped(scope) : undefined
}
