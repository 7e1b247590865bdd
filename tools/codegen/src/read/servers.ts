import { SpecError } from '../spec-error.ts'
import type { ServerObject } from './document.ts'

/** Endpoint formula of a cloud, and the hosts that do not follow it. */
export interface Cloud {
  readonly url: string
  /** The region that the formula's variable defaults to. */
  readonly region: string
  readonly regions: { readonly [region: string]: string }
}

/** Clouds by name, from `servers` with `x-cloud` and `x-region`. */
export function readServers(servers: readonly ServerObject[] = []): { [cloud: string]: Cloud } {
  const clouds: { [cloud: string]: { url: string; region: string; regions: { [region: string]: string } } } = {}
  const irregular: { cloud: string; region: string; url: string }[] = []
  for (const { url, variables, 'x-cloud': cloud, 'x-region': region } of servers) {
    const where = `servers: ${url}`
    if (!cloud) throw new SpecError(where, 'x-cloud is missing', 'Say which cloud the host belongs to')
    const names = [...url.matchAll(/\{(.+?)\}/g)].map(match => match[1])
    if (region !== undefined) {
      if (names.length > 0)
        throw new SpecError(where, 'an x-region and a variable exclude each other', 'Drop one of them')
      irregular.push({ cloud, region, url })
      continue
    }
    const fallback = variables?.['region']?.default
    if (names.join() !== 'region' || !fallback) {
      throw new SpecError(
        where,
        'the one variable must be {region}, with a default',
        'Or name the region of a fixed host in x-region',
      )
    }
    if (clouds[cloud]) throw new SpecError(where, `${cloud} has a formula already`, 'Give a fixed host an x-region')
    clouds[cloud] = { url, region: fallback, regions: {} }
  }
  for (const { cloud, region, url } of irregular) {
    const known = clouds[cloud]
    if (!known)
      throw new SpecError(`servers: ${url}`, `${cloud} has no formula`, 'Add a server of that cloud with {region}')
    known.regions[region] = url
  }
  if (Object.keys(clouds).length === 0)
    throw new SpecError('servers', 'there is none', 'Add one per cloud, with x-cloud')
  return clouds
}
