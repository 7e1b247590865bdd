import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What to do with a request. */
export type Access =
  | { readonly type: 'allowed' }
  | { readonly type: 'refused'; readonly status: number; readonly message: string }
  /** The browser gets the cookie and continues at a URL without the token. */
  | { readonly type: 'admitted'; readonly location: string; readonly cookie: string }
  /** The browser has the cookie already, and continues at a URL without the token. */
  | { readonly type: 'redirected'; readonly location: string }

/**
 * Decides who may use the page. Other programs on this machine and other pages in the browser can send requests to the server, so
 * each request needs a cookie. A browser gets the cookie in exchange for a token in the URL. A token works only once.
 */
export interface PageAccess {
  /** The path of the link that gives one browser access to the page. When a browser has opened the link, the path changes. */
  readonly admissionPath: () => string
  readonly check: (request: IncomingMessage) => Access
}

/** @param port the port of the server. All ports of a host share their cookies, so the name of the cookie contains the port */
export function createPageAccess(port: number): PageAccess {
  const cookieName = `jobscope-${port}`
  const session = createSecret()
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  let token = createSecret()

  const refuse = (status: number, message: string): Access => ({ type: 'refused', status, message })

  return {
    admissionPath: () => `/?token=${token}`,
    check({ method, headers, url = '/' }) {
      // Another site could make its own name resolve to this machine. Then a page of that site could reach this server. The request
      // would contain the name of that site as host.
      if (!hosts.includes(headers.host ?? '')) {
        return refuse(421, `Unknown host "${headers.host ?? ''}". Open http://${hosts[0]} instead.`)
      }
      const { origin } = headers
      if (origin !== undefined && origin !== `http://${headers.host}`) {
        return refuse(403, `Requests from ${origin} are not allowed.`)
      }
      const isRead = method === 'GET' || method === 'HEAD'
      if (!isRead && origin === undefined)
        return refuse(403, 'A request that changes something needs an Origin header.')
      const target = new URL(url, `http://${hosts[0]}`)
      const isAdmitted = isEqual(readCookie(headers.cookie, cookieName), session)
      const given = target.searchParams.get('token')
      if (given !== null && method === 'GET') {
        const isTokenValid = isEqual(given, token)
        target.searchParams.delete('token')
        const location = `${target.pathname}${target.search}`
        if (isAdmitted) return { type: 'redirected', location }
        if (!isTokenValid) {
          return refuse(
            403,
            'This link was already used or belongs to an earlier run. Open the newest link that jobscope ui printed in the terminal.',
          )
        }
        token = createSecret()
        return { type: 'admitted', location, cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` }
      }
      if (!isAdmitted) return refuse(401, 'Open the link that jobscope ui printed in the terminal.')
      const site = headers['sec-fetch-site'] ?? 'none'
      if (target.pathname.startsWith('/api/') && site !== 'same-origin' && site !== 'none') {
        return refuse(403, `Requests from a ${site} page are not allowed.`)
      }
      return { type: 'allowed' }
    },
  }
}

const createSecret = (): string => randomBytes(24).toString('base64url')

function isEqual(given: string | undefined, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return given !== undefined && timingSafeEqual(hash(given), hash(expected))
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map(pair => pair.trim())
  return pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
