import { isTerminal } from '@jobscope/core'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import { hasEnded } from './has-ended.ts'

/**
 * Runs a request that ends a job, unless the job has already ended. Some services accept such a request for a job that has ended. Other
 * services refuse it.
 *
 * @returns the job if it had already ended. In this case, the request was not sent, or the service refused it
 */
export async function requestUnlessEnded(
  ref: string,
  jobs: Pick<Jobs<Clients>, 'get' | 'kinds'>,
  request: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<ServiceJob | undefined> {
  const read = (): Promise<ServiceJob> => jobs.get(ref, { signal })
  const job = await read()
  if (hasEnded(job, jobs, Date.now())) return job
  try {
    await request()
    return undefined
  } catch (error) {
    // The job may have ended after it was read.
    const latest = await read().catch(() => undefined)
    if (latest && isTerminal(latest.state)) return latest
    throw error
  }
}

/** `dli:batch:0a32… has already ended (failed).` */
export const describeEndedJob = ({ ref, state }: ServiceJob): string => `${ref} has already ended (${state}).`
