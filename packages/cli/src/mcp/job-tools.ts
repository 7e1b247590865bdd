import { type Duration, isTerminal, isWaitTimeoutError, type JobState } from '@jobscope/core'
import { type Clients, isJobsFailedError, type Jobs, type ServiceJob } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import { createSelection, type FilterFlags } from '../jobs/filter-flags.ts'
import { getJobDuration } from '../jobs/job-duration.ts'
import { getMeaningfulReason } from '../jobs/job-reason.ts'
import { createLogFilter } from '../jobs/log-filter.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { getQueue } from '../spec/job-queue.ts'
import { findKind, readKinds } from '../spec/kinds.ts'
import { redactJob } from '../spec/redact-sensitive.ts'
import { jobStates } from '../terminal/job-state.ts'
import { getStateChanges } from '../ui/state-changes.ts'
import { defineTool, type ToolContext } from './tool.ts'

const refProperty = {
  type: 'string',
  description: 'A job reference from list_jobs (service:kind:id), the name of a job, or the beginning of its ID.',
}
const names = (description: string) => ({ type: 'array', items: { type: 'string' }, description })

/** The job that a reference, a name or the beginning of an ID stands for. */
export const findRef = (text: string, { jobs, signal, now }: ToolContext): Promise<string> =>
  createRefResolver(jobs, { signal, now })(text)

/** Converts a job for a model. Omits the response of the service and adds the queue. */
function summarizeJob({ raw, ...job }: ServiceJob, now: number): object {
  const duration = getJobDuration({ raw, ...job }, now)
  return {
    ...job,
    queue: getQueue({ raw, ...job }),
    reason: getMeaningfulReason(job),
    duration: undefined,
    ...(duration !== undefined && { durationSeconds: Math.round(duration / 1000) }),
  }
}

interface ListArguments {
  readonly state?: readonly JobState[]
  readonly kind?: readonly string[]
  readonly name?: string
  readonly queue?: readonly string[]
  readonly owner?: readonly string[]
  readonly since?: string
  readonly until?: string
  readonly longerThan?: Duration
  readonly limit: number
}

const listJobs = defineTool<ListArguments>({
  name: 'list_jobs',
  description:
    'List jobs of all services, newest first. Use the filters instead of reading all jobs. `failures` contains the lists that could not be read.',
  properties: {
    state: { type: 'array', items: { enum: jobStates }, description: 'Only jobs in these states.' },
    kind: names('Only jobs of these kinds, for example dli:batch. list_job_kinds returns all kinds.'),
    name: { type: 'string', description: 'Only jobs whose name contains this text.' },
    queue: names('Only jobs on these queues.'),
    owner: names('Only jobs of these owners.'),
    since: {
      type: 'string',
      description:
        'Only jobs created since this time: a duration before now, for example 30m, 2h or 7d, or a date or time in UTC, for example 2026-11-22 or 2026-11-22T10:00.',
    },
    until: {
      type: 'string',
      description:
        'Only jobs created until this time: a duration before now, for example 30m, 2h or 7d, or a date or time in UTC, for example 2026-11-22 or 2026-11-22T10:00.',
    },
    longerThan: {
      type: 'string',
      pattern: '^\\d+(s|m|h|d)$',
      description: 'Only jobs that have run for more than this time, for example 90s, 30m, 2h or 7d.',
    },
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 20, description: 'Maximum number of jobs.' },
  },
  async run({ limit, ...filters }, { jobs, signal, now }) {
    const failures: { readonly kind: string; readonly reason: string }[] = []
    const { filter, matches } = await createSelection(filters as FilterFlags, now(), jobs)
    const list: AsyncIterable<ServiceJob> = jobs.list({
      ...filter,
      signal,
      onError: ({ service, kind, error }) =>
        failures.push({ kind: `${service}:${kind}`, reason: describeError(error) }),
    })
    const found: object[] = []
    let hasMore = false
    for await (const job of list) {
      if (!matches(job)) continue
      hasMore = found.length >= limit
      if (hasMore) break
      found.push(summarizeJob(job, now()))
    }
    return { jobs: found, hasMore, failures }
  },
})

const getJob = defineTool<{ readonly ref: string }>({
  name: 'get_job',
  description:
    'Get all details of one job. They include the meaning of its state, its states over time and the reason of a failure.',
  properties: { ref: refProperty },
  required: ['ref'],
  async run({ ref }, context) {
    const job: ServiceJob = await context.jobs.get(await findRef(ref, context), { signal: context.signal })
    const kind = await findKind(`${job.service}:${job.kind}`)
    const now = context.now()
    return {
      job: summarizeJob(job, now),
      stateMeaning: kind.states[job.rawState]?.description,
      states: getStateChanges(job, now).map(change => ({ ...change, at: new Date(change.at) })),
      details: redactJob(kind, job.raw),
    }
  },
})

interface LogArguments {
  readonly ref: string
  readonly tail: number
  readonly grep?: string
}

const getLogs = defineTool<LogArguments>({
  name: 'get_logs',
  description: 'Read the last lines of the log of a job. `coverage` says which part of the log the service returns.',
  properties: {
    ref: refProperty,
    tail: { type: 'integer', minimum: 1, maximum: 2000, default: 100, description: 'Maximum number of lines.' },
    grep: { type: 'string', description: 'Only lines that match this regular expression.' },
  },
  required: ['ref'],
  async run({ ref: text, tail, grep }, context) {
    const ref = await findRef(text, context)
    const { matches } = createLogFilter({ ...(grep !== undefined && { grep }) }, context.now())
    const lines: string[] = []
    let count = 0
    for await (const line of context.jobs.logs(ref, { signal: context.signal })) {
      if (!matches(line.text)) continue
      count++
      lines.push(line.source === undefined ? line.text : `${line.source}: ${line.text}`)
      if (lines.length > tail) lines.shift()
    }
    const { operations } = await findKind(ref.split(':').slice(0, 2).join(':'))
    return { ref, lines, omittedLines: count - lines.length, coverage: operations.logs?.coverage.replace(/\s+/g, ' ') }
  },
})

interface WaitArguments {
  readonly refs: readonly string[]
  readonly timeoutSeconds: number
  readonly any: boolean
}

const waitForJobs = defineTool<WaitArguments>({
  name: 'wait_for_jobs',
  description:
    'Wait until jobs have ended, and return them. If `timedOut` is true, call the tool again to continue. If `timedOut` and `hasEnded` are false, a job is in a state that it does not leave by itself: get_job explains this state. Failed jobs are results, not errors.',
  properties: {
    refs: { type: 'array', minItems: 1, maxItems: 50, items: refProperty },
    timeoutSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: 3600,
      default: 50,
      description: 'Maximum time to wait. Many clients end a call after 60 seconds.',
    },
    any: { type: 'boolean', default: false, description: 'Wait only until the first job has ended.' },
  },
  required: ['refs'],
  async run({ refs: texts, timeoutSeconds, any }, context) {
    const { jobs, signal, now } = context
    const refs = await Promise.all(texts.map(text => findRef(text, context)))
    const last = new Map<string, ServiceJob>()
    const timedOut = await waitQuietly(jobs, refs, {
      mode: any ? 'any' : 'all',
      until: 'ended',
      timeout: `${timeoutSeconds}s`,
      signal,
      onChange: job => void last.set(job.ref, job),
    })
    // A job may have started during the wait, so its duration is computed with the time after the wait.
    const readAt = now()
    const ended = refs.map(ref => isTerminal(last.get(ref)?.state ?? 'unknown'))
    return {
      timedOut,
      hasEnded: any ? ended.some(Boolean) : ended.every(Boolean),
      jobs: [...last.values()].map(job => summarizeJob(job, readAt)),
    }
  },
})

type WaitOptions = NonNullable<Parameters<Jobs<Clients>['wait']>[1]>

/**
 * Waits for jobs. Throws no error if a job fails, because the caller can see this from the states of the jobs. Returns whether the
 * timeout has expired.
 */
async function waitQuietly(
  jobs: Jobs<Clients>,
  refs: readonly string[],
  { mode, ...options }: WaitOptions & { readonly onChange: (job: ServiceJob) => void },
): Promise<boolean> {
  try {
    await (mode === 'any' ? jobs.wait(refs, { ...options, mode }) : jobs.wait(refs, options))
    return false
  } catch (error) {
    if (!isJobsFailedError(error) && !isWaitTimeoutError(error)) throw error
    return isWaitTimeoutError(error)
  }
}

const listJobKinds = defineTool<{ readonly kind?: string }>({
  name: 'list_job_kinds',
  description: 'List all kinds of jobs, and what their jobs support. With `kind`, explain all states of this kind.',
  properties: { kind: { type: 'string', description: 'A kind of job: dli:batch, or batch.' } },
  async run({ kind: name }) {
    const kinds = name === undefined ? await readKinds() : [await findKind(name)]
    return {
      kinds: kinds.map(({ name: kindName, title, operations, states, resubmit }) => ({
        kind: kindName,
        title,
        hasLogs: operations.logs !== undefined,
        canCancel: operations.cancel !== undefined,
        canRetry: resubmit !== undefined || operations.start !== undefined,
        ...(name !== undefined && {
          states: Object.entries(states).map(([rawState, { is, description }]) => ({
            rawState,
            state: is,
            description,
          })),
        }),
      })),
    }
  },
})

/** Tools that read jobs. */
export const jobTools = [listJobs, getJob, getLogs, waitForJobs, listJobKinds]
