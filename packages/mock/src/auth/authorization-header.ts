import { access, type SigningForm, scoped, v11 } from '@jobscope/core/sign'

/** The content of an `Authorization` header with a signature. */
export interface Authorization {
  readonly accessKey: string
  /** The signing algorithm. */
  readonly form: SigningForm
  /** Header names in lower case, in the order of the header. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const ALGORITHM = '(?<algorithm>SDK-HMAC-SHA256|V11-HMAC-SHA256)'
const SCOPE = String.raw`\d{8}\/(?<region>[^/,\s]+)\/(?<service>[^/,\s]+)(?<suffix>\/sdk_request)?`
const KEY = String.raw`(?:Access=(?<plainKey>[^,\s]+)|Credential=(?<scopedKey>[^/,\s]+)\/${SCOPE})`
const SIGNED_HEADERS = String.raw`SignedHeaders=(?<signedHeaders>[^,\s]+)`
const SIGNATURE = 'Signature=(?<signature>[0-9a-f]{64})'
const HEADER = new RegExp(`^${ALGORITHM} ${KEY}, ?${SIGNED_HEADERS}, ?${SIGNATURE}$`)

type HeaderGroups = { readonly [group: string]: string | undefined }

/** Parses a signature in one of the three supported forms. Returns `undefined` for any other header. */
export function parseAuthorization(header: string): Authorization | undefined {
  const groups: HeaderGroups | undefined = HEADER.exec(header.trim())?.groups
  const form = groups && getSigningForm(groups)
  if (!form) return undefined
  const { plainKey, scopedKey, signedHeaders = '', signature = '' } = groups
  return {
    accessKey: plainKey ?? scopedKey ?? '',
    form,
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
  }
}

/** `V11-HMAC-SHA256` has a scope without `/sdk_request`. `SDK-HMAC-SHA256` has either no scope or a scope that ends with `/sdk_request`. */
function getSigningForm(groups: HeaderGroups): SigningForm | undefined {
  const { algorithm, plainKey, region = '', service = '', suffix } = groups
  const isV11 = algorithm === 'V11-HMAC-SHA256'
  if (plainKey !== undefined) return isV11 ? undefined : access
  if (isV11) return suffix === undefined ? v11({ region, service }) : undefined
  return suffix === undefined ? undefined : scoped({ region, service })
}
