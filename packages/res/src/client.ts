import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import {
  jobs,
  type paths,
  type ResClientParameters,
  type ResCloud,
  type ResJobs,
  type ResMethods,
  service,
} from './types.ts'

export interface ResClientOptions extends ClientOptions, ResClientParameters {
  /** Whose RES it is. @default 'huaweicloud' */
  cloud?: ResCloud | undefined
}

/** A method for each operation of the API, and `http` for the raw calls. */
export interface ResClient extends ResMethods, RawClient<paths>, JobClient<ResJobs> {}

/**
 * A client for RES (Recommender System).
 *
 * @throws TypeError naming the option that is missing or wrong
 * @example
 * const res = createResClient({ region: 'cn-north-4', projectId, credentials: token(process.env.OS_TOKEN) })
 * const { job } = await res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' })
 * console.log(job.job_status)
 */
export const createResClient = (options: ResClientOptions): ResClient =>
  withJobs(
    createClient<ResMethods, paths>(service, options, {
      workspace_id: options.workspaceId,
      resource_id: options.resourceId,
    }),
    service,
    jobs,
    options,
  )
