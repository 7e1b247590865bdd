import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import { type CsCloud, type CsJobs, type CsMethods, jobs, pageRules, type paths, service } from './types.ts'

export interface CsClientOptions extends ClientOptions {
  /** The cloud whose CS service the client uses. @default 'huaweicloud' */
  cloud?: CsCloud | undefined
}

/** A client with a method for each operation of the API, and with `http` for raw calls. */
export interface CsClient extends CsMethods, RawClient<paths>, JobClient<CsJobs> {}

/**
 * Creates a client for CS (Cloud Stream Service).
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @example
 * const cs = createCsClient({ region: 'cn-north-4', projectId, credentials: token(process.env.OS_TOKEN) })
 * const { payload } = await cs.getJob({ job_id: 50320 })
 * console.log(payload.status)
 */
export const createCsClient = (options: CsClientOptions): CsClient =>
  withJobs(createClient<CsMethods, paths>(service, options), { service, pageRules, jobs, options })
