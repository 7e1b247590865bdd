import { parseUrl, sha256 } from '#platform'
import { HeaderMap } from '../../http/header-map.ts'
import type { SignableRequest, Signer } from './types.ts'

/** Matches a path that percent-encoding does not change. Most paths match. */
const plainPath = /^[\w.~/-]*$/

/** Percent-encodes everything except `A-Z a-z 0-9 - _ . ~`. */
const percentEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * Returns the canonical form of a request, which is the same for all forms of signature: method, path, query, headers, header
 * names and the hash of the body, one per line.
 *
 * The canonical form covers all given headers. A header `X-Sdk-Content-Sha256` replaces the hash of the body. With the value
 * `UNSIGNED-PAYLOAD` the body is not signed.
 */
export const canonicalRequest = async (request: SignableRequest): Promise<string> => (await canonicalize(request)).text

/** Returns the canonical form, the names of the signed headers, and the date. */
async function canonicalize({ method, url, headers: givenHeaders, body }: SignableRequest) {
  const { host, pathname, search, hasPlainPath = plainPath.test(pathname) } = parseUrl(url)
  const headers = new HeaderMap(givenHeaders).set('host', host)
  const sortedNames = [...headers.keys()].sort()
  const names = sortedNames.join(';')
  const text = [
    method,
    canonicalizePath(pathname, hasPlainPath),
    search && canonicalizeQuery(new URLSearchParams(search)),
    ...sortedNames.map(name => `${name}:${headers.get(name)}`),
    '',
    names,
    headers.get('x-sdk-content-sha256') ?? (await sha256(body)),
  ].join('\n')
  return { text, names, date: `${headers.get('x-sdk-date')}` }
}

function canonicalizePath(pathname: string, isPlain: boolean): string {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`
  return isPlain ? path : path.replace(/[^/]+/g, part => percentEncode(decodeURIComponent(part)))
}

/**
 * Sorts the parameters by name and then by value. This happens before percent-encoding, because `[` sorts after `A`, but `%5B` sorts before
 * `A`. Names and values are compared separately, because `tags-any=…` sorts before `tags=…`, but `tags` sorts before `tags-any`.
 */
function canonicalizeQuery(query: URLSearchParams): string {
  return [...query]
    .sort(([nameA, valueA], [nameB, valueB]) => ((nameA === nameB ? valueA < valueB : nameA < nameB) ? -1 : 1))
    .map(pair => pair.map(percentEncode).join('='))
    .join('&')
}

/**
 * Returns the `Authorization` header of a request. The function has no side effects, and takes the date from the header `X-Sdk-Date`.
 *
 * To verify a signature, sign the received request with the headers that its `SignedHeaders` names, and compare.
 *
 * @example
 * import { access, sign } from '@jobscope/core/sign'
 * const headers = new Headers({ 'X-Sdk-Date': '20260102T030405Z' })
 * const request = { method: 'GET', url: 'https://dli.example.com/v2.0/p/batches', headers, body: new Uint8Array() }
 * headers.set('Authorization', await sign(request, access('my-access-key', 'my-secret-key')))
 */
export async function sign(request: SignableRequest, signer: Signer): Promise<string> {
  const { text, names, date } = await canonicalize(request)
  const [head, signature] = await signer(date, await sha256(text))
  return `${head}, SignedHeaders=${names}, Signature=${signature}`
}
