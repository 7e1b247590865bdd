import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import type { Kind } from '../spec/kinds.ts'
import type { JobBoard } from './job-board.ts'
import { toPageJob } from './page-job.ts'
import type { JobDetails, LogMessage } from './protocol.ts'
import { redactJob } from './redact-sensitive.ts'
import { getStateChanges } from './state-changes.ts'

/** What the page can do with one job. */
export interface JobActions {
  readonly read: (ref: string, signal: AbortSignal) => Promise<JobDetails>
  readonly logs: (ref: string, follow: boolean, signal: AbortSignal) => AsyncIterable<LogMessage>
  /** Requests the cancellation. */
  readonly cancel: (ref: string) => Promise<void>
}

export interface JobActionsOptions {
  readonly jobs: Pick<Jobs<Clients>, 'get' | 'logs' | 'cancel'>
  readonly board: Pick<JobBoard, 'observed' | 'record'>
  /** The specs of the kinds, by name: `dli:batch`. */
  readonly kinds: ReadonlyMap<string, Kind>
}

export const createJobActions = ({ jobs, board, kinds }: JobActionsOptions): JobActions => ({
  async read(ref, signal) {
    const job: ServiceJob = await jobs.get(ref, { signal })
    board.record(job)
    const { service, kind: name, rawState, reason, progress } = job
    const kind = kinds.get(`${service}:${name}`)
    const observed = board.observed(job.ref)
    const now = Date.now()
    const meaning = kind?.states[rawState]?.description
    const coverage = kind?.operations.logs?.coverage
    return {
      job: toPageJob(job, now, observed),
      changes: getStateChanges(job, now, observed),
      raw: kind ? redactJob(kind, job.raw) : undefined,
      ...(meaning !== undefined && { stateMeaning: toOneParagraph(meaning) }),
      ...(coverage !== undefined && { logCoverage: toOneParagraph(coverage) }),
      ...(reason !== undefined && { reason }),
      ...(progress !== undefined && { progress }),
    }
  },
  async *logs(ref, follow, signal) {
    for await (const { text, source } of jobs.logs(ref, { follow, signal })) {
      yield { text, ...(source !== undefined && { source }) }
    }
    yield { end: true }
  },
  async cancel(ref) {
    await jobs.cancel(ref)
    // The new state is shown at once, and not only after the next poll.
    board.record(await jobs.get(ref))
  },
})

/** The texts of the specs have line breaks that are not meant for readers. */
const toOneParagraph = (text: string): string => text.replace(/\s+/g, ' ').trim()
