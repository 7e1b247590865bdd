import { isApiError } from '@jobscope/core'
import { maxRetryPause } from '@jobscope/core/internal'
import { createNotFoundError } from '../not-found-error.ts'
import type { JobEvent } from './job-events.ts'
import type { KindWatch } from './kind-watch.ts'
import { pollEachJob } from './poll-each-job.ts'
import { pollLists } from './poll-lists.ts'
import { recordMissingJob } from './record-job.ts'
import { computeFailurePause } from './watched-job.ts'

/** If a scan finds no new jobs, the time until the next one grows by this factor. */
const scanIntervalGrowth = 1.5

/**
 * Watches the jobs of one kind. Each poll uses whichever needs fewer requests: a request for each job that is due, or list pages.
 *
 * It ends when all given jobs have ended, or at the deadline. With a filter it ends only at the deadline. Errors are yielded as
 * events, and the poll is repeated later.
 */
export async function* watchKind(watch: KindWatch): AsyncGenerator<JobEvent, void> {
  const { kind, watched, matches, clock, intervals, signal, deadline } = watch
  let failuresInRow = 0
  /** The shortest pause after a failure, in ms. */
  let failurePause = 0
  let nextScanAt = clock.now()
  let scanInterval = intervals.min

  for (;;) {
    // The next poll is one interval later at the earliest. So all jobs that are due until then are polled now.
    const dueUntil = clock.now() + intervals.min
    const scan = matches !== undefined && nextScanAt < dueUntil
    const wanted = new Set<string>()
    for (const [ref, { nextPollAt }] of watched) if (nextPollAt < dueUntil) wanted.add(ref)
    let hasNewJobs = false
    try {
      const polled = pollJobs(watch, wanted, scan)
      for await (const event of watch.isFirstScan ? readAhead(polled) : polled) {
        hasNewJobs ||= event.type === 'appeared'
        yield event
      }
      failuresInRow = 0
      if (scan) {
        watch.isFirstScan = false
        watch.hasFailedScan = false
        watch.ignored.completeScan()
        scanInterval = hasNewJobs ? intervals.min : Math.min(intervals.max, scanInterval * scanIntervalGrowth)
        nextScanAt = clock.now() + scanInterval
      }
    } catch (error) {
      signal.throwIfAborted()
      failuresInRow++
      watch.hasFailedScan ||= scan
      const retryAfter = isApiError(error) ? (error.retryAfter ?? 0) : 0
      failurePause = Math.max(Math.min(retryAfter, maxRetryPause), computeFailurePause(failuresInRow, intervals))
      yield { type: 'error', service: kind.service, kind: kind.kind, ref: undefined, error, count: failuresInRow }
    }
    const timeLeft = deadline - clock.now()
    const isFinished = timeLeft <= 0 || (!matches && watched.size === 0) || watch.isIdle()
    if (isFinished) return

    let nextPollAt = matches ? nextScanAt : Number.POSITIVE_INFINITY
    for (const job of watched.values()) nextPollAt = Math.min(nextPollAt, job.nextPollAt)
    const pause = failuresInRow > 0 ? failurePause : addJitter(nextPollAt - clock.now())
    await clock.sleep(Math.min(Math.max(pause, 1), timeLeft), signal)
  }
}

/**
 * Collects all events before it yields the first one, so that a consumer that pauses cannot interrupt the first scan. Otherwise
 * jobs that end during the pause would count as jobs that had ended before the watch.
 */
async function* readAhead(events: AsyncIterable<JobEvent>): AsyncGenerator<JobEvent, void> {
  const collected: JobEvent[] = []
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const event of events) collected.push(event)
  } catch (error) {
    failure = { error }
  }
  yield* collected
  if (failure) throw failure.error
}

async function* pollJobs(watch: KindWatch, wanted: Set<string>, scan: boolean): AsyncGenerator<JobEvent, void> {
  const { kind } = watch
  yield* pollLists(watch, wanted, scan)
  const hasOnlyLists = kind.rules.get.find !== undefined
  if (!hasOnlyLists) yield* pollEachJob(watch, wanted)
  else for (const ref of wanted) yield* recordMissingJob(watch, ref, createNotFoundError(kind, ref))
}

/** Shortens a pause by up to 10 %, so that many watches do not poll at the same moment. A longer pause could miss a state. */
const addJitter = (pause: number): number => pause * (0.9 + Math.random() * 0.1)
