import { sha256 } from '#platform'
import { HeaderMap } from '../../http/header-map.ts'

/** A request as the signer sees it: what is signed of it, and nothing else. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** The headers to sign, a `Headers` or pairs; `host` is added from the URL. `X-Sdk-Date` must be among them. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: Uint8Array
}

/** HMAC-SHA256 of a text under one key, as lower-case hex. */
export type Hmac = (text: string) => string | Promise<string>

/**
 * One key in one form: signs the SHA-256 (hex) of a canonical request at a date as it stands in `X-Sdk-Date` (`20260102T030405Z`).
 * Gives the beginning of the header, which names algorithm and access key, and the signature as lower-case hex.
 */
export type Signer = (date: string, hash: string) => Promise<readonly [head: string, signature: string]>

/** A form of signature, as a function of the access key and the secret key: `access`, or what `scoped()` and `v11()` return. */
export type SigningForm = (accessKey: string, secretKey: string) => Signer

/** A path that is the same when it is encoded, as most are. */
const plain = /^[\w.~/-]*$/

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The canonical form of a request, the same for all forms of signature: method, path, query, headers, their names and the
 * hash of the body, one under the other.
 *
 * Every header given is part of it. `X-Sdk-Content-Sha256` among them stands for the hash of the body as it is:
 * `UNSIGNED-PAYLOAD` says that the body is not signed.
 */
export const canonicalRequest = async (request: SignableRequest): Promise<string> => (await canonical(request)).text

/** The canonical form, the names of the signed headers in it, and its date. */
async function canonical({ method, url, headers: given, body }: SignableRequest) {
  const target = new URL(url)
  const path = target.pathname.replace(/\/?$/, '/')
  const headers = new HeaderMap(given).set('host', target.host)
  const sorted = [...headers.keys()].sort()
  const names = sorted.join(';')
  const text = [
    method,
    plain.test(path) ? path : path.replace(/[^/]+/g, segment => encode(decodeURIComponent(segment))),
    target.search && canonicalQuery(target.searchParams),
    ...sorted.map(name => `${name}:${headers.get(name)}`),
    '',
    names,
    headers.get('x-sdk-content-sha256') ?? (await sha256(body)),
  ].join('\n')
  return { text, names, date: `${headers.get('x-sdk-date')}` }
}

/**
 * Sorted by name, then by value, before they are encoded: `[` comes after `A`, but `%5B` before it; and as `name=value`,
 * `tags` would land behind `tags-any`.
 */
const canonicalQuery = (query: URLSearchParams) =>
  [...query]
    .sort(([name, value], [other, its]) => ((name === other ? value < its : name < other) ? -1 : 1))
    .map(pair => pair.map(encode).join('='))
    .join('&')

/**
 * The `Authorization` header of a request. Pure: it changes nothing, and the date is the one in `X-Sdk-Date`.
 *
 * To check a signature, sign the request as it arrived, with the headers that its `SignedHeaders` names, and compare.
 *
 * @example
 * import { access, sign } from '@jobscope/core/sign'
 * const headers = new Headers({ 'X-Sdk-Date': '20260102T030405Z' })
 * const request = { method: 'GET', url: 'https://dli.example.com/v2.0/p/batches', headers, body: new Uint8Array() }
 * headers.set('Authorization', await sign(request, access('my-access-key', 'my-secret-key')))
 */
export async function sign(request: SignableRequest, signer: Signer): Promise<string> {
  const { text, names, date } = await canonical(request)
  const [head, signature] = await signer(date, await sha256(text))
  return `${head}, SignedHeaders=${names}, Signature=${signature}`
}
