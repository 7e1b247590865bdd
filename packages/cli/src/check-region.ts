import { listRegions } from './spec/regions.ts'
import { UsageError } from './usage-error.ts'

/**
 * Rejects a region that does not belong to the selected cloud but to another cloud. Otherwise requests would go to a host that does not
 * exist. A region that is not in any spec is accepted, because it may be new.
 *
 * @param cloud defaults to `huaweicloud`, as in the clients
 * @throws UsageError if the region belongs to another cloud
 */
export function checkRegion(region: string, cloud = 'huaweicloud'): void {
  const clouds = listRegions()
    .filter(({ id }) => id === region)
    .map(each => each.cloud)
  const [owner] = clouds
  if (owner === undefined || clouds.includes(cloud)) return
  throw new UsageError(
    `Region ${region} does not belong to cloud ${cloud} but to ${owner}. Use --cloud ${owner}, or set JOBSCOPE_CLOUD=${owner}.`,
  )
}
