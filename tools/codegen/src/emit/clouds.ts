import type { Cloud } from '../read/servers.ts'
import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { formatLiteral } from '../text/literal.ts'

/**
 * Emits `clouds.gen.ts` of core. The file contains the URL of IAM in each cloud and the domains of the cloud's hosts. `clouds` is from the
 * spec of IAM.
 */
export function emitClouds(clouds: { readonly [name: string]: Cloud }): string {
  const table = Object.fromEntries(
    Object.entries(clouds).map(([name, { url, regions }]) => [
      name,
      { iamUrl: url, iamUrlsByRegion: { ...regions }, domains: domainsOf({ url, regions }) },
    ]),
  )
  return [
    formatBanner('iam'),
    '\n',
    formatDocComment([
      'Per cloud: the URL of IAM, the URLs in regions that do not follow it, and the domains that all hosts of the cloud end in.',
    ]),
    `export const clouds = ${formatLiteral(table, { before: 'export const clouds = '.length })} as const\n`,
    '\n',
    formatDocComment(['Name of a cloud, as in the option `cloud` of a client.']),
    'export type CloudName = keyof typeof clouds\n',
  ].join('')
}

/**
 * Emits `regions.gen.ts` of core, which contains the domains and regions of each cloud. The code that explains network errors imports this
 * file. This code is loaded on demand and must not share a module with other code, so the file repeats the domains of `clouds.gen.ts`.
 */
export function emitRegions(clouds: { readonly [name: string]: Cloud }): string {
  const table = Object.fromEntries(
    Object.entries(clouds).map(([name, cloud]) => [name, { domains: domainsOf(cloud), regions: cloud.knownRegions }]),
  )
  const head = 'export const regionsByCloud: RegionsByCloud = '
  return [
    formatBanner('iam'),
    '\n',
    'interface RegionsByCloud {\n  readonly [cloud: string]: { readonly domains: readonly string[]; readonly regions: readonly string[] }\n}\n',
    '\n',
    formatDocComment([
      'Per cloud: the domains that all its hosts end in, and the regions that the spec of IAM names. A cloud can have more regions.',
    ]),
    `${head}${formatLiteral(table, { before: head.length })}\n`,
  ].join('')
}

/** Removes service and region from the hosts, and returns each domain once: `example.com` for `iam.{region}.example.com`. */
function domainsOf({ url, regions }: Pick<Cloud, 'url' | 'regions'>): string[] {
  const found = [
    domainOf(url, '{region}'),
    ...Object.entries(regions).map(([region, regionUrl]) => domainOf(regionUrl, region)),
  ]
  const isCovered = (domain: string) => found.some(other => domain.endsWith(`.${other}`))
  return [...new Set(found)].filter(domain => !isCovered(domain))
}

function domainOf(url: string, region: string): string {
  const [, ...labels] = url.replace('https://', '').split('/')[0]?.split('.') ?? []
  return labels.filter(label => label !== region).join('.')
}
