import { services } from '@jobscope/specs'
import { suggestOrList } from './did-you-mean.ts'
import { parsePair } from './parse-pair.ts'
import { UsageError } from './usage-error.ts'

/** How a command uses the endpoints. */
export interface EndpointUse {
  /**
   * Whether the command sends credentials to the endpoints. Without credentials, the endpoints can be http URLs of other hosts.
   * @default true
   */
  readonly sendsCredentials?: boolean
}

/**
 * Parses base URLs by service. The key '' has the base URL for all services.
 *
 * @param source the option or environment variable that has the values. Error messages show it
 * @throws UsageError if a service is unknown, if a URL is invalid, or if credentials would be sent unencrypted to another host
 */
export function parseEndpoints(
  values: readonly string[],
  source: string,
  { sendsCredentials = true }: EndpointUse = {},
): { [service: string]: string } {
  const pairs = values.map((text): [service: string, url: string] => {
    const value = text.trim()
    const [service, url] = /^[a-z]+=/.test(value) ? parsePair(value, source) : ['', value]
    return [service, url.trim()]
  })
  for (const [service, url] of pairs) {
    if (service !== '' && !(services as readonly string[]).includes(service)) {
      throw new UsageError(`Unknown service "${service}" in ${source}.${suggestOrList(service, services)}`)
    }
    checkUrl(url, source, sendsCredentials)
  }
  return Object.fromEntries(pairs)
}

/**
 * Reads the base URLs from the values of `--endpoint`. Without them, reads the variable `JOBSCOPE_ENDPOINT`.
 *
 * @throws UsageError like `parseEndpoints`
 */
export const readEndpoints = (
  values: readonly string[] | undefined,
  env: { readonly [name: string]: string | undefined },
): { [service: string]: string } =>
  values
    ? parseEndpoints(values, '--endpoint')
    : parseEndpoints(env['JOBSCOPE_ENDPOINT']?.split(',').filter(text => text.trim()) ?? [], 'JOBSCOPE_ENDPOINT')

/**
 * Returns the base URL of a service. If only the URL for all services is set, the name of the service is appended to this URL. This fits
 * the mock, which serves each service under a path with its name.
 */
export function getEndpoint(endpoints: { readonly [service: string]: string }, service: string): string | undefined {
  const base = endpoints['']?.replace(/\/+$/, '')
  return endpoints[service] ?? (base === undefined ? undefined : `${base}/${service}`)
}

/** Whether requests to this URL stay on this machine. */
export function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return host === 'localhost' || host === '[::1]' || /^127\.[\d.]+$/.test(host)
}

function checkUrl(url: string, source: string, sendsCredentials: boolean): void {
  const invalid = `Invalid ${source} "${url}"`
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(url)) {
    const scheme = isLoopback(`http://${url}`) ? 'http' : 'https'
    throw new UsageError(`${invalid}: it has no scheme. Use ${scheme}://${url}.`)
  }
  if (!URL.canParse(url))
    throw new UsageError(`${invalid}: it is not a URL. Expected a URL such as https://example.com.`)
  const { protocol, username, password, search, hash } = new URL(url)
  // The message must not contain the password.
  if (username || password) throw new UsageError(`Invalid ${source}: remove the user name and password from the URL.`)
  if (search || hash) throw new UsageError(`${invalid}: remove the query and the fragment.`)
  if (protocol === 'https:' || (protocol === 'http:' && (!sendsCredentials || isLoopback(url)))) return
  if (protocol !== 'http:') throw new UsageError(`${invalid}: expected a URL that begins with https://.`)
  throw new UsageError(
    `${invalid}: credentials would be sent unencrypted. Use https://, or open a tunnel and use its address on this machine, such as http://127.0.0.1:8080.`,
  )
}
