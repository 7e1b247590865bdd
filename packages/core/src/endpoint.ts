import type { Service } from './service.ts'

export interface EndpointOptions {
  /** Region of the endpoint, as in `eu-de` or `cn-north-4`. Needed unless `endpoint` is given. */
  region?: string | undefined
  /** Whose endpoint it is. @default 'huaweicloud' */
  cloud?: string | undefined
  /** Base URL instead of the region's own: a gateway, a proxy, the mock. A path in it is kept. */
  endpoint?: string | undefined
  /** Allows an `http:` endpoint off this machine. Credentials then travel in the clear. @default false */
  allowInsecure?: boolean | undefined
}

/**
 * The base URL of a service, without a slash at its end.
 *
 * @throws TypeError naming the option that is missing or wrong, and what would be right
 */
export function endpointOf(
  service: Service,
  { cloud = 'huaweicloud', region, endpoint, allowInsecure }: EndpointOptions,
): string {
  if (endpoint !== undefined) return checked(endpoint, allowInsecure)
  const server = Object.hasOwn(service.servers, cloud) ? service.servers[cloud] : undefined
  if (!server)
    throw new TypeError(
      `cloud: ${service.name} is not offered by ${cloud}, but by ${Object.keys(service.servers).join(', ')}`,
    )
  if (!region || !/^[a-z\d-]+$/.test(region))
    throw new TypeError("region: must be given, as in 'eu-de', or else endpoint")
  return server.regions?.[region] ?? server.url.replace('{region}', region)
}

/** Secrets must not leave in the clear, and none may stand in the URL, where errors would show it. */
function checked(endpoint: string, allowInsecure: boolean | undefined): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const local = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url?.hostname ?? '')
  if (
    !url ||
    url.username ||
    url.search ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && (local || allowInsecure)))
  )
    throw new TypeError(
      'endpoint: must be an https URL (http only on this machine, or with allowInsecure) without user or query',
    )
  return endpoint.replace(/\/+$/, '')
}
