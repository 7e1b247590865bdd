import type { Clock } from '@jobscope/core'
import { type CallOptions, getStateRule, type JobKind } from '@jobscope/core'
import type { ClientJobKind } from '../client-job-kinds.ts'
import { timeOf } from '../job-lists.ts'
import type { Job } from '../service-job.ts'
import type { ClosedJobs } from './ignored-jobs.ts'
import type { JobEvent } from './job-events.ts'
import { type Entry, newEntry, type Pace, patience } from './watched-job.ts'

/** The watch over the jobs of one kind. */
export interface Watching {
  readonly kind: ClientJobKind
  /** The jobs that are looked at, by their refs. */
  readonly open: Map<string, Entry>
  /** Which jobs of the lists are watched, too; undefined where none but the given ones are. */
  readonly matches: ((job: Job) => boolean) | undefined
  /** Jobs before that time are of no use; epoch ms. */
  readonly since: number
  /** The other jobs of the lists. */
  readonly closed: ClosedJobs
  /** Whether the lists are read for the first time: what has ended in them had ended before. */
  beginning: boolean
  /** Whether there is nothing more to tell of a job. */
  readonly isOver: (job: Job, rules: JobKind) => boolean
  readonly clock: Clock
  readonly pace: Pace
  readonly signal: AbortSignal
  /** When it is over, by the clock. */
  readonly deadline: number
}

/** For each call of a watch: it may take a minute, as any, but not outlast the watch by much. */
export const callOptions = ({ clock, deadline, signal }: Watching): CallOptions => ({
  signal,
  timeout: Math.min(60_000, Math.max(1000, deadline - clock.now())),
})

/** What there is to tell of a job that was looked at. */
export function* seen(watching: Watching, job: Job, entry: Entry): Generator<JobEvent, void> {
  const { kind, open, matches, closed, isOver, clock, pace } = watching
  const now = clock.now()
  const { settle = 0 } = getStateRule(kind.rules, job.rawState)
  const previous = entry.rawState ? { state: entry.state, rawState: entry.rawState } : undefined
  if (previous?.rawState !== job.rawState) {
    entry.since = now
    entry.state = job.state
    entry.rawState = job.rawState
  }
  entry.time = timeOf(job)
  const over = isOver(job, kind.rules)
  const unsettled = entry.since + settle * 1000 - now
  if (over && unsettled <= 0) {
    open.delete(job.ref)
    if (matches) closed.add(job.ref, entry.time)
    yield { type: 'ended', job, previous }
    return
  }
  const longest = patience(entry, now, pace)
  entry.due = now + (over ? Math.min(longest, unsettled) : longest)
  if (!previous) yield { type: 'appeared', job }
  else if (previous.rawState !== job.rawState) yield { type: 'changed', job, previous }
}

/** What there is to tell of a job in a list that is not looked at yet. Returns whether the list had not had it before. */
export function* met(watching: Watching, job: Job): Generator<JobEvent, boolean> {
  const { kind, open, matches, closed, beginning, isOver, clock } = watching
  const time = timeOf(job)
  const over = isOver(job, kind.rules)
  const known = closed.has(job.ref, time)
  if (known && over) return false
  if ((beginning && over) || !matches?.(job)) {
    closed.add(job.ref, time)
    return !known
  }
  closed.delete(job.ref)
  const entry = newEntry(clock.now())
  open.set(job.ref, entry)
  yield* seen(watching, job, entry)
  return true
}

/** What there is to tell of a job that is not there any more. */
export function* gone({ open, matches, closed }: Watching, ref: string, error: unknown): Generator<JobEvent, void> {
  const { state, rawState, time } = open.get(ref) ?? newEntry(0)
  open.delete(ref)
  if (matches) closed.add(ref, time)
  yield { type: 'gone', ref, previous: rawState ? { state, rawState } : undefined, error }
}
