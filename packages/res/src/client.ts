import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import {
  jobs,
  pageRules,
  type paths,
  type ResClientParameters,
  type ResCloud,
  type ResJobs,
  type ResMethods,
  service,
} from './types.ts'

export interface ResClientOptions extends ClientOptions, ResClientParameters {
  /** The cloud whose RES service the client uses. @default 'huaweicloud' */
  cloud?: ResCloud | undefined
}

/** A client with a method for each operation of the API, and with `http` for raw calls. */
export interface ResClient extends ResMethods, RawClient<paths>, JobClient<ResJobs> {}

/**
 * Creates a client for RES (Recommender System).
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @example
 * const res = createResClient({ region: 'cn-north-4', projectId, credentials: token(process.env.OS_TOKEN) })
 * const { job } = await res.getJob({ job_id: 'd7a72d46599e4d32bc79efaf8041b6e5' })
 * console.log(job.job_status)
 */
export function createResClient(options: ResClientOptions): ResClient {
  const pathParameters = { workspace_id: options.workspaceId, resource_id: options.resourceId }
  return withJobs(createClient<ResMethods, paths>(service, options, pathParameters), {
    service,
    pageRules,
    jobs,
    options,
  })
}
