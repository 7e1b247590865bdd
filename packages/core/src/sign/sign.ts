import { sha256 } from '#digest'

/** A request as the signer sees it: what is signed of it, and nothing else. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** The headers to sign; `host` is added from the URL. `X-Sdk-Date` must be among them. */
  readonly headers: Headers
  readonly body: Uint8Array
}

/** HMAC-SHA256 of a text under one key, as lower-case hex. */
export type Hmac = (text: string) => string | Promise<string>

const algorithm = 'SDK-HMAC-SHA256'

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The `Authorization` header of a request, by `SDK-HMAC-SHA256` in its `Access=` form.
 *
 * @param hmac the secret key as a function, see `keyed` in digest.ts
 */
export async function sign(request: SignableRequest, accessKey: string, hmac: Hmac): Promise<string> {
  const { pathname, searchParams, host } = new URL(request.url)
  const path = pathname.replace(/[^/]+/g, segment => encode(decodeURIComponent(segment)))
  // Sorted by name, then by value. As `name=value` they would not be: `-` comes before `=`, and `tags` would land behind
  // `tags-any`. A space comes before all that is left in an encoded name.
  const query = [...searchParams]
    .map(pair => pair.map(encode).join(' '))
    .sort()
    .map(pair => pair.replace(' ', '='))
    .join('&')
  // A Headers object already holds lower-case names in order, and values without space around them.
  const headers = new Headers(request.headers)
  headers.set('host', host)
  const block = [...headers].map(header => `${header.join(':')}\n`).join('')
  const names = [...headers.keys()].join(';')
  // Given, it stands for the hash as it is: `UNSIGNED-PAYLOAD` says that the body is not signed.
  const payload = headers.get('x-sdk-content-sha256') ?? (await sha256(request.body))
  const canonical = `${request.method}\n${path.replace(/\/?$/, '/')}\n${query}\n${block}\n${names}\n${payload}`
  const hash = await sha256(new TextEncoder().encode(canonical))
  const signature = await hmac(`${algorithm}\n${headers.get('x-sdk-date')}\n${hash}`)
  return `${algorithm} Access=${accessKey}, SignedHeaders=${names}, Signature=${signature}`
}
