import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import {
  jobs,
  type ModelArtsCloud,
  type ModelArtsJobs,
  type ModelArtsMethods,
  pageRules,
  type paths,
  service,
} from './types.ts'

export interface ModelArtsClientOptions extends ClientOptions {
  /** The cloud whose ModelArts service the client uses. @default 'huaweicloud' */
  cloud?: ModelArtsCloud | undefined
}

/** A client with a method for each operation of the API, and with `http` for raw calls. */
export interface ModelArtsClient extends ModelArtsMethods, RawClient<paths>, JobClient<ModelArtsJobs> {}

/**
 * Creates a client for ModelArts.
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @example
 * const modelarts = createModelArtsClient({ region: 'eu-de', cloud: 'otc', projectId, credentials: token(process.env.OS_TOKEN) })
 * const { jobs } = await modelarts.listTrainingJobs({ status: '8', sortBy: 'create_time', order: 'desc' })
 * console.log(jobs.map(job => job.job_name))
 */
export const createModelArtsClient = (options: ModelArtsClientOptions): ModelArtsClient =>
  withJobs(createClient<ModelArtsMethods, paths>(service, options), { service, pageRules, jobs, options })
