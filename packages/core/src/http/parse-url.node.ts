import type { UrlParts } from './url-parts.ts'

/**
 * Matches a path without a query that neither `URL` nor a signature changes: it has only letters, digits and `_.~-`, and no segment begins
 * with a dot.
 */
const plainPath = /^(\/[\w~-][\w.~-]*)+\/?$/

/** The parsed origins. A process sends its requests to few. */
const origins = /* @__PURE__ */ new Map<string, Omit<UrlParts, 'pathname' | 'search'>>()

let lastUrl = ''
let lastParts: UrlParts | undefined

/**
 * Parses an absolute URL. Most requests have a plain path, for which the parsed origin is reused, because parsing a URL takes as long as
 * signing it. The last result is kept: a request is usually signed and sent before the next one is built.
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
