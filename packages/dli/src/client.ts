import type { ClientOptions, JobClient, RawClient } from '@jobscope/core'
import { createClient, withJobs } from '@jobscope/core/internal'
import { type DliCloud, type DliJobs, type DliMethods, jobs, pageRules, type paths, service } from './types.ts'

export interface DliClientOptions extends ClientOptions {
  /** The cloud whose DLI service the client uses. @default 'huaweicloud' */
  cloud?: DliCloud | undefined
}

/** A client with a method for each operation of the API, and with `http` for raw calls. */
export interface DliClient extends DliMethods, RawClient<paths>, JobClient<DliJobs> {}

/**
 * Creates a client for DLI (Data Lake Insight).
 *
 * @throws ConfigurationError if an option is missing or invalid
 * @example
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials: token(process.env.OS_TOKEN) })
 * const batch = await dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
 * console.log(batch.state)
 */
export const createDliClient = (options: DliClientOptions): DliClient =>
  withJobs(createClient<DliMethods, paths>(service, options), { service, pageRules, jobs, options })
