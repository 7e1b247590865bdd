import { readBundle, type ServerObject } from '@jobscope/specs'
import { UsageError } from './usage-error.ts'

/**
 * Checks that a region does not belong to another cloud. Otherwise requests would go to a host that does not exist. Regions that
 * no spec lists are accepted, because they may be new.
 *
 * @param cloud defaults to `huaweicloud`, as in the clients
 * @throws UsageError if the region belongs to another cloud
 */
export function checkRegion(region: string, cloud = 'huaweicloud'): void {
  // IAM exists in every region.
  const clouds = (readBundle('iam').servers ?? [])
    .filter(server => listRegions(server).includes(region))
    .flatMap(server => server['x-cloud'] ?? [])
  const [owner] = clouds
  if (owner === undefined || (clouds as readonly string[]).includes(cloud)) return
  throw new UsageError(
    `Region ${region} does not belong to cloud ${cloud} but to ${owner}. Use --cloud ${owner}, or set JOBSCOPE_CLOUD=${owner}.`,
  )
}

const listRegions = (server: ServerObject): readonly string[] => [
  ...(server.variables?.['region']?.['x-known-values'] ?? []),
  ...(server['x-region'] === undefined ? [] : [server['x-region']]),
]
