import type { Bundle } from '@jobscope/specs'

/**
 * Returns the URL of a service in a region of a cloud, or `undefined` if the spec lists no such server.
 *
 * @param cloud `huaweicloud` or `otc`. @default the cloud whose spec lists the region
 */
export function findServer(
  { servers = [] }: Pick<Bundle, 'servers'>,
  region: string,
  cloud?: string | undefined,
): string | undefined {
  const own = servers.find(each => each['x-region'] === region && (cloud === undefined || each['x-cloud'] === cloud))
  if (own) return own.url
  const pattern = servers.find(({ url, variables, 'x-cloud': itsCloud }) => {
    if (!url.includes('{region}')) return false
    const known: readonly string[] = variables?.['region']?.['x-known-values'] ?? []
    return cloud === undefined ? known.includes(region) : itsCloud === cloud
  })
  return pattern?.url.replace('{region}', region)
}
