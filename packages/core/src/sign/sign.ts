import { sha256 } from '#digest'
import { canonicalRequest, type SignableRequest } from './canonical.ts'

const algorithm = 'SDK-HMAC-SHA256'

/**
 * The `Authorization` header of a request, by `SDK-HMAC-SHA256` in its `Access=` form.
 *
 * @param hmac the secret key as a function, see `keyed` in digest.ts
 */
export async function sign(request: SignableRequest, accessKey: string, hmac: Hmac): Promise<string> {
  const { headers, body } = request
  // Given, it stands for the hash as it is: `UNSIGNED-PAYLOAD` says that the body is not signed.
  const payloadHash = headers.get('x-sdk-content-sha256') ?? (await sha256(body))
  const [canonical, signedHeaders] = canonicalRequest(request, payloadHash)
  const text = [algorithm, headers.get('x-sdk-date'), await sha256(new TextEncoder().encode(canonical))].join('\n')
  return `${algorithm} Access=${accessKey}, SignedHeaders=${signedHeaders}, Signature=${await hmac(text)}`
}

/** HMAC-SHA256 of a text under one key, as lower-case hex. */
export type Hmac = (text: string) => string | Promise<string>
