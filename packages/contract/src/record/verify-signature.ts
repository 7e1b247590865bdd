import { timingSafeEqual } from 'node:crypto'
import { access, canonicalRequest, type SigningForm, scoped, sha256, v11 } from '@jobscope/core/sign'
import { readBundle, services } from '@jobscope/specs'

/** The access key of the user who records. */
export interface AccessKey {
  readonly accessKey: string
  readonly secretKey: string
  /** Security token of a temporary key. */
  readonly securityToken?: string | undefined
}

/** A request as the proxy received it. */
export interface ReceivedRequest {
  readonly method: string
  /** The URL that the caller used: with the host and the path of the proxy. */
  readonly url: string
  /** Values of the headers, by header name in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly body: Uint8Array
}

/** The content of an `Authorization` header with a signature. */
export interface ParsedSignature {
  readonly accessKey: string
  readonly form: SigningForm
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const headerPattern =
  /^(SDK|V11)-HMAC-SHA256 (?:Access=([^,\s]+)|Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)(\/sdk_request)?), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/

/** Whether an `Authorization` header begins like a signature. */
export const isSignature = (authorization = ''): boolean => /^(?:SDK|V11)-HMAC-SHA256\b/.test(authorization)

/** Parses a signature. Returns `undefined` if its form is unknown. */
export function parseSignature(authorization: string): ParsedSignature | undefined {
  const [, algorithm, plainKey, scopedKey, region = '', service = '', suffix, names = '', signature = ''] =
    headerPattern.exec(authorization.trim()) ?? []
  if (algorithm === undefined) return undefined
  const signedHeaders = names.toLowerCase().split(';')
  if (plainKey !== undefined) return { accessKey: plainKey, form: access, signedHeaders, signature }
  const form = algorithm === 'V11' ? v11({ region, service }) : scoped({ region, service })
  const isComplete = (algorithm === 'V11') === (suffix === undefined)
  return isComplete ? { accessKey: scopedKey ?? '', form, signedHeaders, signature } : undefined
}

/**
 * The maximum difference between the date of a signature and the current time. The gateway has the same limit. All services use the same
 * gateway, so the limit is read from the first spec.
 */
const getMaxAgeMs = (): number => (readBundle(services[0])['x-gateway-limits']?.clockSkew.maxSeconds ?? 0) * 1000

/**
 * Checks that the signature of a request was created with the user's key. Returns `undefined` if it was, otherwise what is wrong. Any
 * program on this machine can send requests to the proxy, but the proxy signs only requests of callers that have the secret key.
 */
export async function findSignatureProblem(
  { method, url, headers, body }: ReceivedRequest,
  { accessKey, form, signedHeaders, signature }: ParsedSignature,
  key: AccessKey,
  now: number,
): Promise<string | undefined> {
  if (accessKey !== key.accessKey)
    return 'The request is signed with another access key than the key of the recorder. Use the same key for both.'
  const date = headers['x-sdk-date'] ?? ''
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(now - time) <= getMaxAgeMs()))
    return 'The date of the signature is missing, too old or too far in the future.'
  if (headers['x-sdk-content-sha256'] !== undefined) return 'The request is signed without its body.'
  const signed = signedHeaders
    .filter(name => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && name !== 'host')
    .map((name): [string, string] => [name, headers[name] ?? ''])
  const canonical = await canonicalRequest({ method, url, headers: signed, body })
  const [, expected] = await form(key.accessKey, key.secretKey)(date, await sha256(canonical))
  const isSame = canonical.split('\n').at(-2) === signedHeaders.join(';')
  if (isSame && timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return undefined
  return 'The signature does not fit the secret key of the recorder. Use the same key for both.'
}
