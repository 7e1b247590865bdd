import { SpecError } from '../spec-error.ts'
import type { ServerObject } from './document.ts'

/** URL pattern of a cloud, and the hosts that do not match this pattern. */
export interface Cloud {
  readonly url: string
  /** The default region of the pattern. */
  readonly region: string
  readonly regions: { readonly [region: string]: string }
  /** All regions that are in the spec. */
  readonly knownRegions: readonly string[]
}

/** Reads the clouds from `servers` with `x-cloud` and `x-region`. The keys are the names of the clouds. */
export function readServers(servers: readonly ServerObject[] = []): { [cloud: string]: Cloud } {
  const clouds: {
    [cloud: string]: { url: string; region: string; regions: { [region: string]: string }; knownRegions: string[] }
  } = {}
  const irregular: { cloud: string; region: string; url: string }[] = []
  for (const { url, variables, 'x-cloud': cloud, 'x-region': region } of servers) {
    const where = `servers: ${url}`
    if (!cloud) throw new SpecError(where, 'x-cloud is missing', 'Add the name of the cloud')
    const names = [...url.matchAll(/\{(.+?)\}/g)].map(match => match[1])
    if (region !== undefined) {
      if (names.length > 0)
        throw new SpecError(where, 'x-region cannot be combined with a variable', 'Remove one of them')
      irregular.push({ cloud, region, url })
      continue
    }
    const fallback = variables?.['region']?.default
    if (names.join() !== 'region' || !fallback) {
      throw new SpecError(
        where,
        'the only variable must be {region}, with a default',
        'For a fixed host, set x-region instead',
      )
    }
    if (clouds[cloud]) throw new SpecError(where, `${cloud} already has a URL pattern`, 'Set x-region for a fixed host')
    const named = variables?.['region']?.['x-known-values'] ?? []
    clouds[cloud] = { url, region: fallback, regions: {}, knownRegions: named.map(value => `${value}`) }
  }
  for (const { cloud, region, url } of irregular) {
    const known = clouds[cloud]
    if (!known)
      throw new SpecError(`servers: ${url}`, `${cloud} has no URL pattern`, 'Add a server of this cloud with {region}')
    known.regions[region] = url
    known.knownRegions.push(region)
  }
  if (Object.keys(clouds).length === 0)
    throw new SpecError('servers', 'there are no servers', 'Add one per cloud, with x-cloud')
  return clouds
}
