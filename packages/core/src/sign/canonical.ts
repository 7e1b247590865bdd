/** A request as the signer sees it: what is signed of it, and nothing else. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** The headers to sign; `host` is added from the URL. `X-Sdk-Date` must be among them. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body?: Uint8Array | undefined
}

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The canonical request of `SDK-HMAC-SHA256` around the hash of its payload, and the names of the signed headers. */
export function canonicalRequest(
  { method, url, headers }: SignableRequest,
  payloadHash: string,
): [text: string, signedHeaders: string] {
  const { pathname, searchParams, host } = new URL(url)
  const path = pathname
    .split('/')
    .map(segment => encode(decodeURIComponent(segment)))
    .join('/')
  // Names are sorted as names, not as `name=value`: `-` comes before `=`, so `tags` must not land behind `tags-any`.
  const query = [...searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]))
    .map(pair => pair.join('='))
    .join('&')
  const lines = [...headers, ['host', host] as const]
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort((a, b) => order(a[0], b[0]))
  const names = lines.map(([name]) => name).join(';')
  const block = lines.map(line => `${line.join(':')}\n`).join('')
  const text = [method.toUpperCase(), path.endsWith('/') ? path : `${path}/`, query, block, names, payloadHash].join(
    '\n',
  )
  return [text, names]
}
