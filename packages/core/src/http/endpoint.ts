import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Service } from './service.ts'

export interface EndpointOptions {
  /** Region, such as `eu-de` or `cn-north-4`. Required unless `endpoint` is set. */
  region?: string | undefined
  /** Cloud that the region belongs to. @default 'huaweicloud' */
  cloud?: string | undefined
  /**
   * Base URL to use instead of the URL of the region, for example the URL of a gateway, a proxy or the mock. The path of this URL is kept.
   */
  endpoint?: string | undefined
  /** Allows an `http:` endpoint on another host. Credentials are then sent unencrypted. @default false */
  allowInsecure?: boolean | undefined
}

/**
 * Returns the base URL of a service.
 *
 * @throws ConfigurationError if `cloud`, `region` or `endpoint` is missing or invalid
 */
export function resolveEndpoint({ servers }: Service, options: EndpointOptions): string {
  const { cloud = 'huaweicloud', region = '', allowInsecure } = options
  if (options.endpoint !== undefined) {
    // Callers without types can pass a URL object.
    const endpoint = `${options.endpoint}`
    if (isSafeEndpoint(endpoint, allowInsecure)) return endpoint
    const problem =
      plainUrl.test(endpoint) && URL.canParse(endpoint)
        ? 'endpoint must be an https URL. For http, set allowInsecure.'
        : 'endpoint must be a valid https URL without a user name or a query.'
    throw new ConfigurationError('endpoint', problem)
  }
  const { url, regions } = servers[cloud] ?? {}
  if (!url) {
    const clouds = Object.keys(servers).join('` or `')
    throw new ConfigurationError('cloud', `cloud is \`${cloud}\` but must be \`${clouds}\``)
  }
  // Only these characters are allowed, because the region becomes part of a host name.
  if (/^[a-z\d-]+$/.test(region)) return regions?.[region] ?? url.replace('{region}', region)
  const problem = region ? `region \`${region}\` is invalid` : 'region is missing'
  throw new ConfigurationError('region', `${problem}. Use an ID such as \`eu-de\`.`)
}

/** Matches an http or https URL without spaces. Errors show the URL, so it must not contain a user name, a query or a fragment. */
const plainUrl = /^https?:\/\/[^\s@?#\\]+$/

/** Matches the hosts of this machine, as `URL` formats them. */
const localHost = /^(localhost|127\.[\d.]+|\[::1])$/

/** Returns whether an endpoint may be used: it uses TLS, is on this machine, or is allowed by `allowInsecure`. */
function isSafeEndpoint(endpoint: string, allowInsecure: boolean | undefined): boolean {
  if (!plainUrl.test(endpoint) || !URL.canParse(endpoint)) return false
  return endpoint.startsWith('https:') || !!allowInsecure || localHost.test(new URL(endpoint).hostname)
}
