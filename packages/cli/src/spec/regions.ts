import { readBundle, type ServerObject } from '@jobscope/specs'

/** A region and its cloud, as the specs list them. */
export interface Region {
  readonly id: string
  readonly cloud: string
}

/** Lists the regions of all clouds. The list is read from the spec of IAM, because IAM exists in every region. */
export const listRegions = (): Region[] =>
  (readBundle('iam').servers ?? []).flatMap(server =>
    getRegionIds(server).map(id => ({ id, cloud: server['x-cloud'] ?? 'huaweicloud' })),
  )

/** A region of a cloud, as an example for users. */
export const getExampleRegion = (cloud: string): string | undefined =>
  (readBundle('iam').servers ?? []).find(server => (server['x-cloud'] ?? 'huaweicloud') === cloud)?.variables?.[
    'region'
  ]?.default

const getRegionIds = (server: ServerObject): readonly string[] => [
  ...(server.variables?.['region']?.['x-known-values'] ?? []),
  ...(server['x-region'] === undefined ? [] : [server['x-region']]),
]
