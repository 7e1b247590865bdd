import type { Clock, Duration, JobKind } from '@jobscope/core'
import { cancelJob, getStateRule, readJob, WaitTimeoutError } from '@jobscope/core'
import { isTransientError, toMilliseconds } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { resolveRef } from './job-ref.ts'
import { JobsFailedError } from './jobs-failed-error.ts'
import { ended, type Job } from './service-job.ts'
import { type WatchOptions, watchJobs } from './watch-jobs.ts'

export interface WaitForJobsOptions<J = Job> extends WatchOptions {
  /** Whether all jobs are waited for, or the first that has ended. @default 'all' */
  until?: 'all' | 'any' | undefined
  /** `ended`, or `running` for jobs that do not end by themselves. @default 'running' for such kinds, else 'ended' */
  state?: 'ended' | 'running' | undefined
  /** How long to wait. The jobs go on afterwards. @default '24h' */
  timeout?: Duration | undefined
  /** Ends the wait at once; it rejects with `signal.reason`. The jobs go on, unless `cancelOnAbort`. */
  signal?: AbortSignal | undefined
  /** Cancels the jobs that have not ended when the signal aborts. @default false */
  cancelOnAbort?: boolean | undefined
  /** Called when a job is first seen, and whenever its state has changed. */
  onChange?: ((job: J) => void) | undefined
}

/** So many looks at a kind may fail for a passing reason, one after the other, before the wait gives up. */
const tolerated = 10

/** Waits for jobs by their refs. */
export async function waitForJobs(
  kinds: readonly ClientJobKind[],
  given: string | readonly string[],
  options: WaitForJobsOptions & { clock: Clock },
): Promise<Job | readonly Job[]> {
  const { until = 'all', state, timeout = '24h', onChange, cancelOnAbort, ...watch } = options
  const { signal, clock } = watch
  const refs = [given].flat().map(text => resolveRef(kinds, text).ref)
  if (until === 'any' && !refs.length) throw new TypeError('wait: refs must name a job, or none can be the first')
  const isOver = (job: Job, rules: JobKind) =>
    ended(job.state) ||
    (job.state === 'running' && (state ?? (rules.ends === false ? 'running' : 'ended')) === 'running') ||
    rests(job, rules)
  const open = new Set(refs)
  const seen = new Map<string, Job>()
  const deadline = clock.now() + toMilliseconds(timeout, 'timeout')
  try {
    for await (const event of watchJobs(kinds, [...open], { ...watch, deadline }, isOver)) {
      if (event.type === 'gone') throw event.error
      if (event.type === 'error') {
        if (!isTransientError(event.error) || event.count > tolerated) throw event.error
        continue
      }
      const { job } = event
      if (seen.get(job.ref)?.rawState !== job.rawState) onChange?.(job)
      seen.set(job.ref, job)
      if (event.type !== 'ended') continue
      open.delete(job.ref)
      if (until === 'any') return checked([job], kinds)[0] as Job
    }
  } catch (error) {
    if (signal?.aborted && cancelOnAbort) await cancelAll(kinds, open)
    throw error
  }
  if (open.size) throw outOfTime(kinds, open, seen)
  const jobs = checked(
    refs.map(ref => seen.get(ref) as Job),
    kinds,
  )
  return typeof given === 'string' ? (jobs[0] as Job) : jobs
}

const rests = (job: Job, rules: JobKind) => getStateRule(rules, job.rawState).rests === true

/** Asks for the end of all; what cannot be canceled is left alone. */
async function cancelAll(kinds: readonly ClientJobKind[], refs: Iterable<string>): Promise<void> {
  const cancel = async (ref: string) => {
    const { kind, args } = resolveRef(kinds, ref)
    await cancelJob(kind.client, kind.rules, args)
  }
  await Promise.allSettled([...refs].map(cancel))
}

function outOfTime(kinds: readonly ClientJobKind[], open: ReadonlySet<string>, seen: ReadonlyMap<string, Job>): Error {
  const [first = ''] = open
  const job = seen.get(first)
  const others = open.size > 1 ? `; ${open.size - 1} more have not, either` : ''
  return new WaitTimeoutError(first, `not ended in time, last seen ${job?.rawState ?? 'never'}${others}`, {
    handle: { wait: 'wait', args: { refs: [...open] } },
    job: job && readJob(resolveRef(kinds, first).kind.rules, job.raw),
  })
}

/** These jobs, if all is well with them. */
function checked(jobs: readonly Job[], kinds: readonly ClientJobKind[]): readonly Job[] {
  const rulesOf = (job: Job) => resolveRef(kinds, job.ref).kind.rules
  const bad = jobs.filter(job => /failed|canceled/.test(job.state) || rests(job, rulesOf(job)))
  const [first] = bad
  if (!first) return jobs
  const { ref, rawState, state, reason, raw } = first
  const what = ended(state) ? state : 'does not leave this state by itself'
  const others = bad.length > 1 ? `; ${bad.length} of ${jobs.length} jobs did not succeed` : ''
  throw new JobsFailedError(ref, `${rawState}: ${what}${reason ? `: ${reason.slice(0, 300)}` : ''}${others}`, {
    job: readJob(rulesOf(first), raw),
    reason,
    body: raw,
    ref,
    jobs,
  })
}
