import type { UrlParts } from './url-parts.ts'

/**
 * Matches a path that is the same in the request, in `URL` and in a signature. Such a path has no query, its segments contain only letters,
 * digits and `_.~-`, and no segment begins with a dot.
 */
const plainPath = /^(\/[\w~-][\w.~-]*)+\/?$/

/** The parsed origins. There are few of them, because a process sends its requests to few servers. */
const origins = /* @__PURE__ */ new Map<string, Omit<UrlParts, 'pathname' | 'search'>>()

let lastUrl = ''
let lastParts: UrlParts | undefined

/**
 * Parses an absolute URL. Parsing a URL takes as long as signing a request. Therefore, a URL with a plain path reuses the parsed origin,
 * and most requests have a plain path. The last result is reused as well, because a URL is usually parsed twice in a row: to sign the
 * request, and to send it.
 */
export function parseUrl(url: string): UrlParts {
  if (url === lastUrl && lastParts) return lastParts
  lastParts = parse(url)
  lastUrl = url
  return lastParts
}

function parse(url: string): UrlParts {
  const pathStart = url.indexOf('/', url.indexOf('//') + 2)
  const path = url.slice(pathStart)
  if (pathStart < 0 || !plainPath.test(path)) return new URL(url)
  const origin = url.slice(0, pathStart)
  let parts = origins.get(origin)
  if (!parts) {
    const { protocol, host, hostname, port } = new URL(origin)
    parts = { protocol, host, hostname, port, hasPlainPath: true }
    origins.set(origin, parts)
  }
  return { ...parts, pathname: path, search: '' }
}
