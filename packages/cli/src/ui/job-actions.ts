import { isTerminal } from '@jobscope/core'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import type { Client } from '../create-client.ts'
import { getMeaningfulReason } from '../jobs/job-reason.ts'
import { requestUnlessEnded } from '../jobs/request-unless-ended.ts'
import { planRetry, type RetryPlan, retryJob } from '../jobs/retry-job.ts'
import type { Kind } from '../spec/kinds.ts'
import { redactJob, redactRequest } from '../spec/redact-sensitive.ts'
import { UsageError } from '../usage-error.ts'
import type { JobBoard } from './job-board.ts'
import type { JobDetails, LogMessage } from './protocol.ts'
import { getStateChanges } from './state-changes.ts'

/** What the page can do with one job. */
export interface JobActions {
  readonly read: (ref: string, signal: AbortSignal) => Promise<JobDetails>
  readonly logs: (ref: string, follow: boolean, signal: AbortSignal) => AsyncIterable<LogMessage>
  /** Requests the cancellation, unless the job has already ended. */
  readonly cancel: (ref: string) => Promise<void>
  /** Runs a job again. Returns the reference of the new job, or the same reference if the service restarts the same job. */
  readonly retry: (ref: string) => Promise<string | undefined>
}

export interface JobActionsOptions {
  readonly jobs: Jobs<Clients>
  readonly getClient: (service: string) => Client
  readonly board: Pick<JobBoard, 'observed' | 'record'>
  /** The specs of the kinds, by name: `dli:batch`. */
  readonly kinds: ReadonlyMap<string, Kind>
  readonly signal: AbortSignal
}

export const createJobActions = ({ jobs, getClient, board, kinds, signal }: JobActionsOptions): JobActions => ({
  async read(ref, readSignal) {
    const job: ServiceJob = await jobs.get(ref, { signal: readSignal })
    const { rawState, progress } = job
    const reason = getMeaningfulReason(job)
    const kind = kinds.get(`${job.service}:${job.kind}`)
    const retry = kind && isTerminal(job.state) ? await describeRetry(job, kind, jobs, readSignal) : undefined
    const meaning = kind?.states[rawState]?.description
    const coverage = kind?.operations.logs?.coverage
    return {
      job: board.record(job),
      changes: getStateChanges(job, Date.now(), board.observed(job.ref)),
      raw: kind ? redactJob(kind, job.raw) : undefined,
      ...(meaning !== undefined && { stateMeaning: toOneParagraph(meaning) }),
      ...(coverage !== undefined && { logCoverage: toOneParagraph(coverage) }),
      ...(reason !== undefined && { reason }),
      ...(progress !== undefined && { progress }),
      ...(retry && { retry }),
    }
  },
  async *logs(ref, follow, logsSignal) {
    for await (const { text, source } of jobs.logs(ref, { follow, signal: logsSignal })) {
      yield { text, ...(source !== undefined && { source }) }
    }
    yield { end: true }
  },
  async cancel(ref) {
    const endedJob = await requestUnlessEnded(ref, jobs, () => jobs.cancel(ref, { signal }), signal)
    // The new state is shown at once, and not only after the next poll.
    board.record(endedJob ?? (await jobs.get(ref, { signal })))
  },
  async retry(ref) {
    const newRef = await retryJob(await planRetry(ref, jobs, signal), { jobs, getClient, signal })
    if (newRef !== undefined) board.record(await jobs.get(newRef, { signal }))
    return newRef
  },
})

/** Returns undefined if the service does not show the data that is needed to run the job again. */
async function describeRetry(
  job: ServiceJob,
  kind: Kind,
  jobs: Jobs<Clients>,
  signal: AbortSignal,
): Promise<JobDetails['retry']> {
  let plan: RetryPlan
  try {
    // The job was just read, so it is not requested again.
    plan = await planRetry(job.ref, jobs, signal, job)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
  const { operation } = plan
  if (plan.type === 'start') return { operation }
  const body = redactRequest(kind, operation, plan.body)
  return { operation, body, ...(plan.omits !== undefined && { omits: plan.omits }) }
}

/** Replaces line breaks by spaces. In the specs, they only limit the line width of the source. */
const toOneParagraph = (text: string): string => text.replace(/\s+/g, ' ').trim()
