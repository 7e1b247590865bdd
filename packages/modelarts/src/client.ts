import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import { jobs, type ModelArtsCloud, type ModelArtsJobs, type ModelArtsMethods, type paths, service } from './types.ts'

export interface ModelArtsClientOptions extends ClientOptions {
  /** Whose ModelArts it is. @default 'huaweicloud' */
  cloud?: ModelArtsCloud | undefined
}

/** A method for each operation of the API, and `http` for the raw calls. */
export interface ModelArtsClient extends ModelArtsMethods, RawClient<paths>, JobClient<ModelArtsJobs> {}

/**
 * A client for ModelArts.
 *
 * @throws TypeError naming the option that is missing or wrong
 * @example
 * const modelarts = createModelArtsClient({ region: 'eu-de', cloud: 'otc', projectId, credentials: token(process.env.OS_TOKEN) })
 * const { jobs } = await modelarts.listTrainingJobs({ status: '8', sortBy: 'create_time', order: 'desc' })
 * console.log(jobs.map(job => job.job_name))
 */
export const createModelArtsClient = (options: ModelArtsClientOptions): ModelArtsClient =>
  withJobs(createClient<ModelArtsMethods, paths>(service, options), service, jobs, options)
