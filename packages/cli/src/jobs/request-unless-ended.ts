import { isTerminal } from '@jobscope/core'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'

/**
 * Runs a request that ends a job, unless the job has already ended. Some services accept such a request for a job that has ended. Other
 * services refuse it.
 *
 * @returns the job if it had already ended. In this case, the request was not sent, or the service refused it
 */
export async function requestUnlessEnded(
  ref: string,
  jobs: Pick<Jobs<Clients>, 'get'>,
  request: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<ServiceJob | undefined> {
  const readEndedJob = async () => {
    const job: ServiceJob = await jobs.get(ref, { signal })
    return isTerminal(job.state) ? job : undefined
  }
  const endedJob = await readEndedJob()
  if (endedJob) return endedJob
  try {
    await request()
    return undefined
  } catch (error) {
    // The job may have ended after it was read, but before the service received the request.
    const job = await readEndedJob().catch(() => undefined)
    if (job) return job
    throw error
  }
}

/** `dli:batch:0a32… has already ended (failed).` */
export const describeEndedJob = ({ ref, state }: ServiceJob): string => `${ref} has already ended (${state}).`
