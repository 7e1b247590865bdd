/** A request as the signer sees it: what is signed of it, and nothing else. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** The headers to sign; `host` is added from the URL. `X-Sdk-Date` must be among them. */
  readonly headers: Headers
  readonly body: Uint8Array
}

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** The canonical request of `SDK-HMAC-SHA256` around the hash of its payload, and the names of the signed headers. */
export function canonicalRequest(request: SignableRequest, payloadHash: string): [text: string, signedHeaders: string] {
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
  const text = [request.method, path.replace(/\/?$/, '/'), query, block, names, payloadHash].join('\n')
  return [text, names]
}
