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
 * The base URL of a service. A slash at the end of `endpoint` does no harm.
 *
 * @throws TypeError naming the option that is missing or wrong, and what would be right
 */
export function endpointOf(service: Service, options: EndpointOptions): string {
  const { cloud = 'huaweicloud', region = '', endpoint, allowInsecure } = options
  if (endpoint !== undefined) {
    // Secrets must not leave in the clear, and none may stand in the URL, where errors would show it.
    const safe = /^(https|http(?=:..(localhost|127[\d.]+|\[::1])([:/]|$))):\/\/[^@?#]+$/
    if (safe.test(allowInsecure ? endpoint.replace('http:', 'https:') : endpoint)) return endpoint
    throw new TypeError('endpoint: must be like https://host')
  }
  const { url, regions } = service.servers[cloud] ?? {}
  if (!url) throw new TypeError(`cloud: must be ${Object.keys(service.servers)}`)
  if (/^[a-z\d-]+$/.test(region)) return regions?.[region] ?? url.replace('{region}', region)
  throw new TypeError("region: must be like 'eu-de'")
}
