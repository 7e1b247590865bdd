import { type CallOptions, type Duration, isApiError, isTerminal } from '@jobscope/core'
import {
  defaultNotFoundGrace,
  isTransientError,
  maxRetryPause,
  minInterval,
  toMilliseconds,
} from '@jobscope/core/internal'
import type { ClientJobKind } from '../client-job-kinds.ts'
import { matchesFilter, type WatchFilter } from '../job-filter.ts'
import { createNotFoundError } from '../not-found-error.ts'
import type { JobEvent } from './job-events.ts'
import type { IsFinished, Poll } from './poll.ts'
import { pollEachJob } from './poll-each-job.ts'
import { pollLists } from './poll-lists.ts'
import type { PollState } from './poll-state.ts'
import { recordMissingJob } from './record-job.ts'
import { finishScan, hasOnlyLists, isTooLate, startRound } from './rounds.ts'
import { computeFailurePause, type PollIntervals } from './watched-job.ts'

export interface PollOptions {
  /** Returns the current time, in ms. All polls that share a `PollState` must use the same clock. */
  readonly now: () => number
  /** Maximum number of requests. Jobs that were not read stay due, and the next poll continues with them. @default no maximum */
  readonly budget?: number | undefined
  /** Returns a number from 0 to 1. 0 shortens the time until the next poll by 10 %, and 1 does not shorten it. @default Math.random */
  readonly random?: (() => number) | undefined
  /** Aborts the poll, which then rejects with `signal.reason`. Do not use the `PollState` afterwards. */
  readonly signal?: AbortSignal | undefined
  /**
   * Selects which of the listed jobs are watched. Can be used only if the `PollState` was created without references. After a change of
   * `name`, the next scan reads all pages of the lists again, and jobs that no longer match are no longer watched. @default all
   */
  readonly filter?: Omit<WatchFilter, 'services' | 'kinds'> | undefined
  /** Shortest time between two polls of the jobs, at least 100 ms. @default depends on the kind of job */
  readonly interval?: Duration | undefined
  /** Longest time between two polls of a job. @default depends on the kind of job */
  readonly maxInterval?: Duration | undefined
  /** How long to poll for a given job that the service does not find yet. @default '5s' */
  readonly notFoundGrace?: Duration | undefined
  /**
   * A time in epoch ms. If a job has already ended when the first scan reads it, the job causes an `ended` event only if it ended at this
   * time or later. The first scan can take many polls. @default no events for jobs that have already ended when the first scan reads them
   */
  readonly endedSince?: number | undefined
}

export interface PollResult {
  readonly events: readonly JobEvent[]
  /** The state that was passed to `pollOnce`. The poll has changed it. */
  readonly state: PollState
  /** When to poll again, by the clock of `now`. Undefined if all given jobs have ended. */
  readonly nextDue: number | undefined
  /** The number of requests, without the retries of the client. */
  readonly requests: number
  /** The references of all jobs whose entry in the state has changed. If a reference no longer has an entry, the job was removed. */
  readonly changedRefs: ReadonlySet<string>
}

export interface InternalPollOptions extends PollOptions {
  readonly isFinished?: IsFinished | undefined
  readonly onNotFoundYet?: Poll['onNotFoundYet']
  readonly getCallOptions?: (() => CallOptions) | undefined
  /** Returns whether the poll should end although the budget is not spent. */
  readonly isTimeOver?: (() => boolean) | undefined
}

/** After this many failures in a row, the first scan starts again at the first page. */
const maxResumedFailures = 3

/**
 * Polls the jobs of one kind once. To read the jobs that are due, it uses whichever needs fewer requests: single GETs or list pages. The
 * same responses, times and random numbers always give the same result.
 *
 * It does not throw errors of the service. Instead, it returns these errors as events, and `nextDue` is later than after a success.
 *
 * @param kind one of the kinds that `getClientJobKinds` returns
 * @param state the state that the previous poll returned, or a new state from `createPollState`. The poll changes this object.
 * @example
 * const kinds = getClientJobKinds({ dli })
 * const kind = kinds.find(({ kind }) => kind === 'batch') ?? kinds[0]
 * let state = createPollState(Date.now())
 * const { events, nextDue } = await pollOnce(kind, state, { now: Date.now, budget: 20 })
 */
export async function pollOnce(
  kind: ClientJobKind,
  state: PollState,
  options: PollOptions & InternalPollOptions,
): Promise<PollResult> {
  const { now, budget = Number.POSITIVE_INFINITY, random = Math.random, signal } = options
  const intervals = readIntervals(kind, options)
  const events: JobEvent[] = []
  let requests = 0
  const takeRequests = (count: number) => {
    if (requests > 0 && options.isTimeOver?.()) return 0
    const taken = Math.max(0, Math.min(count, budget - requests))
    requests += taken
    return taken
  }
  const changedRefs = new Set<string>()
  const { scan } = state
  const rules = readPollRules(options, scan !== undefined)
  const filter = { name: String(options.filter?.name), since: rules.since }
  const { wanted, round } = startRound(kind, state, { startedAt: now(), intervals, filter })
  state.round = round
  let failurePause = 0
  try {
    const poll = { ...rules, kind, state, round, intervals, now, takeRequests }
    for await (const event of pollJobs({ ...poll, listedRefs: new Set(), changedRefs }, wanted)) {
      round.hasNewJobs ||= event.type === 'appeared'
      events.push(event)
    }
    signal?.throwIfAborted()
    state.failuresInRow = 0
    if (round.lists.every(({ isDone }) => isDone) && wanted.size === 0) state.round = undefined
  } catch (error) {
    signal?.throwIfAborted()
    state.failuresInRow++
    const canResume = scan?.isFirst && state.failuresInRow < maxResumedFailures
    if (!canResume) state.round = undefined
    if (scan && round.scan) scan.wasInterrupted = true
    const retryAfter = isApiError(error) ? (error.retryAfter ?? 0) : 0
    failurePause = Math.max(Math.min(retryAfter, maxRetryPause), computeFailurePause(state.failuresInRow, intervals))
    const { service, kind: name } = kind
    events.push({ type: 'error', service, kind: name, ref: undefined, error, count: state.failuresInRow })
  }
  const nextDue = failurePause > 0 ? now() + failurePause : computeNextDue(state, now(), intervals, random())
  return { events, state, nextDue, requests, changedRefs }
}

function readIntervals({ rules }: ClientJobKind, options: PollOptions): PollIntervals {
  const { interval, maxInterval } = rules.polling
  const min = Math.max(minInterval, toMilliseconds(options.interval ?? interval * 1000, 'interval'))
  return { min, max: Math.max(min, toMilliseconds(options.maxInterval ?? maxInterval * 1000, 'maxInterval')) }
}

function readPollRules(
  options: InternalPollOptions,
  hasScan: boolean,
): Pick<
  Poll,
  'matches' | 'since' | 'endedSince' | 'isFinished' | 'notFoundGrace' | 'onNotFoundYet' | 'getCallOptions'
> {
  const { filter = {}, signal } = options
  return {
    matches: hasScan ? job => matchesFilter(job, filter) : undefined,
    since: filter.since?.getTime() ?? 0,
    endedSince: options.endedSince ?? Number.POSITIVE_INFINITY,
    isFinished: options.isFinished ?? (job => isTerminal(job.state)),
    onNotFoundYet: options.onNotFoundYet,
    notFoundGrace: toMilliseconds(options.notFoundGrace ?? defaultNotFoundGrace, 'notFoundGrace', true),
    getCallOptions: options.getCallOptions ?? (() => ({ signal })),
  }
}

async function* pollJobs(poll: Poll, wanted: Set<string>): AsyncGenerator<JobEvent, void> {
  const { kind, round } = poll
  try {
    yield* pollLists(poll, wanted)
  } catch (error) {
    if (!canOmitLists(poll, error)) throw error
    for (const list of round.lists) list.isDone = true
  }
  if (!round.lists.every(({ isDone }) => isDone)) return
  if (round.scan) finishScan(poll)
  if (!hasOnlyLists(kind)) yield* pollEachJob(poll, wanted)
  else {
    for (const ref of wanted) yield* recordMissingJob(poll, ref, createNotFoundError(kind, ref))
    wanted.clear()
  }
}

/**
 * Returns whether a poll may continue without its lists after an error. If a poll does not search for new jobs, lists only save requests.
 * For example, the user may be allowed to read jobs, but not to list them. A temporary failure must happen twice in a row. After a 429, the
 * poll must not send more requests instead.
 */
function canOmitLists({ kind, round, state, getCallOptions }: Poll, error: unknown): boolean {
  if (round.scan || hasOnlyLists(kind) || getCallOptions().signal?.aborted) return false
  const isRateLimit = isApiError(error) && error.kind === 'rate-limit'
  return !isRateLimit && (!isTransientError(error) || state.failuresInRow > 0)
}

/** Computes when to poll again. This time is up to 10 % earlier than necessary, so that many watches do not poll at the same moment. */
function computeNextDue(
  { watched, scan, round }: PollState,
  now: number,
  intervals: PollIntervals,
  random: number,
): number | undefined {
  if (round) return now
  let nextAt = scan ? scan.nextAt : Number.POSITIVE_INFINITY
  for (const { nextPollAt } of watched.values()) {
    nextAt = Math.min(nextAt, isTooLate(nextPollAt, now, intervals) ? now : nextPollAt)
  }
  if (nextAt === Number.POSITIVE_INFINITY) return undefined
  return now + Math.max(0, nextAt - now) * (0.9 + random * 0.1)
}
