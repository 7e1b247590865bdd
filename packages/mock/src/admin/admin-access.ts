import type { RequestHead } from '../parse-request.ts'

/** Path prefix of the mock's own API. No service has this name. */
export const ADMIN_PREFIX = '/_mock'

/** Whether a request is about the mock itself. */
export const isAdminPath = (path: string): boolean => path === ADMIN_PREFIX || path.startsWith(`${ADMIN_PREFIX}/`)

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Returns why a request about the mock itself is rejected, or `undefined` if it is accepted. Any web page can make a browser send requests
 * to the mock. Two headers show that a request comes from another page: `Origin` contains the origin of the page, and after DNS rebinding,
 * `Host` contains a foreign host name.
 *
 * @param host - the address that the mock listens on
 */
export function findAdminAccessProblem({ headers, localAddress }: RequestHead, host: string): string | undefined {
  const { host: requestedHost, origin } = headers
  const ownNames = [...LOOPBACK, ...[host, localAddress].flatMap(name => (name ? toUrlHost(name) : []))]
  if (requestedHost !== undefined && !ownNames.includes(getHostname(requestedHost) ?? '')) {
    return `The host "${requestedHost}" is not this mock. Use http://localhost, or start the mock with --host and this name.`
  }
  if (origin !== undefined && origin !== `http://${requestedHost}`) {
    return `Pages of ${origin} may not control this mock. Send the request from a program, or use the page ${ADMIN_PREFIX}.`
  }
  return undefined
}

/** Writes an address as in a URL: IPv6 addresses in brackets, without the prefix of a mapped IPv4 address. */
function toUrlHost(address: string): string {
  const name = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  return name.includes(':') ? `[${name}]` : name
}

function getHostname(host: string): string | undefined {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?=(?::\d+)?$)/i.exec(host)?.[0].toLowerCase()
}
