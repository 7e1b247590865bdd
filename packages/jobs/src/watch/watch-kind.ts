import { type Clock, type Duration, isArgumentError } from '@jobscope/core'
import { computePollTimeout } from '@jobscope/core/internal'
import type { ClientJobKind } from '../client-job-kinds.ts'
import type { WatchFilter } from '../job-filter.ts'
import type { JobEvent } from './job-events.ts'
import type { IsFinished, Poll } from './poll.ts'
import { type InternalPollOptions, pollOnce } from './poll-once.ts'
import type { PollState } from './poll-state.ts'

/** The watch of the jobs of one kind. */
export interface KindWatch {
  readonly kind: ClientJobKind
  readonly state: PollState
  readonly filter: WatchFilter | undefined
  readonly isFinished: IsFinished | undefined
  readonly onNotFoundYet: Poll['onNotFoundYet']
  readonly clock: Clock
  readonly interval: Duration | undefined
  readonly maxInterval: Duration | undefined
  readonly notFoundGrace: Duration | undefined
  /** Jobs that ended at this time or later are reported although they had already ended when they were first read. In epoch ms. */
  readonly endedSince: number | undefined
  readonly signal: AbortSignal
  /** When the watch ends, in ms of the clock. */
  readonly deadline: number
  /** How long the watch may take, in ms. */
  readonly timeout: number
  /** Called after each complete poll. Returns whether the watch of all kinds is finished. */
  readonly isIdle: () => boolean
  /** Whether the client lacks an argument that the lists of the kind require, so that no poll can succeed. */
  isUnavailable: boolean
}

/** Events are yielded after this number of requests, so that only few events are in memory. */
const requestsPerStep = 64

/**
 * Watches the jobs of one kind. The watch ends when all given jobs have ended, or at the deadline. With a filter, the watch ends when
 * `isIdle` returns true, or at the deadline. Errors are yielded as events, and the poll is repeated later.
 */
export async function* watchKind(watch: KindWatch): AsyncGenerator<JobEvent, void> {
  const { kind, state, clock, signal, deadline, timeout } = watch
  const options: InternalPollOptions = {
    ...watch,
    now: clock.now,
    budget: requestsPerStep,
    isTimeOver: () => clock.now() >= deadline,
    getCallOptions: () => ({ signal, timeout: computePollTimeout(deadline - clock.now(), timeout) }),
  }
  /**
   * All events of the first scan are collected, so that a consumer that pauses cannot interrupt the scan. Otherwise, jobs that end during
   * such a pause would count as jobs that had ended before the watch.
   */
  let collected: JobEvent[] = []
  for (;;) {
    const { events, nextDue } = await pollOnce(kind, state, options)
    collected = collected.concat(events)
    watch.isUnavailable = events.some(event => event.type === 'error' && isArgumentError(event.error))
    const isTimeOver = clock.now() >= deadline
    const isIncomplete = nextDue !== undefined && nextDue <= clock.now() && state.round !== undefined
    if (!(state.scan?.isFirst && isIncomplete) || isTimeOver) {
      yield* collected
      collected = []
    }
    if (isIncomplete && !isTimeOver) continue
    const timeLeft = deadline - clock.now()
    if (timeLeft <= 0 || nextDue === undefined || watch.isIdle()) return
    await clock.sleep(Math.min(Math.max(nextDue - clock.now(), 1), timeLeft), signal)
  }
}
