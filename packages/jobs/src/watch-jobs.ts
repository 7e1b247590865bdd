import type { Clock, Duration } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { isSorted, sourcesOf } from './job-lists.ts'
import { resolveRef } from './job-ref.ts'
import { chosenKinds, type JobFilter, matches } from './list-jobs.ts'
import { ended } from './service-job.ts'
import { closedJobs } from './watch/ignored-jobs.ts'
import type { JobEvent } from './watch/job-events.ts'
import type { Watching } from './watch/kind-watch.ts'
import { interleave } from './watch/merge-generators.ts'
import { track } from './watch/watch-kind.ts'
import { newEntry } from './watch/watched-job.ts'

/** Which jobs to watch: those that are there and have not ended, and those to come. */
export type WatchFilter = Omit<JobFilter, 'state'>

export interface WatchOptions {
  /** Ends the watch at once; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** The shortest time between two looks at the jobs of a kind. @default the kind's, from the spec */
  interval?: Duration | undefined
  /** The longest time between two looks. @default the kind's, from the spec */
  maxInterval?: Duration | undefined
  /** Time, for tests. @default the one of `createJobs` */
  clock?: Clock | undefined
}

interface WatchBounds {
  clock: Clock
  deadline?: number
}

/** Tells what becomes of jobs: of the given ones, or of all that match. */
export async function* watchJobs(
  kinds: readonly ClientJobKind[],
  which: readonly string[] | WatchFilter,
  { signal, interval, maxInterval, clock, deadline = Number.POSITIVE_INFINITY }: WatchOptions & WatchBounds,
  isOver: Watching['isOver'] = ({ state }) => ended(state),
): AsyncGenerator<JobEvent, void> {
  const stop = new AbortController()
  const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const begin = (kind: ClientJobKind, refs: readonly string[], filter?: WatchFilter): Watching => {
    const { poll } = kind.rules
    const shortest = interval === undefined ? poll.interval * 1000 : toMilliseconds(interval, 'interval')
    const longest = maxInterval === undefined ? poll.max * 1000 : toMilliseconds(maxInterval, 'maxInterval')
    return {
      kind,
      open: new Map(refs.map(ref => [ref, newEntry(clock.now())])),
      since: filter?.since?.getTime() ?? 0,
      matches: filter && (job => matches(job, filter)),
      closed: closedJobs(isSorted(kind)),
      beginning: filter !== undefined,
      isOver,
      clock,
      pace: { interval: shortest, max: Math.max(shortest, longest) },
      signal: both,
      deadline,
    }
  }
  const watchings = isRefs(which)
    ? [...refsByKind(kinds, which)].map(([kind, refs]) => begin(kind, [...refs]))
    : chosenKinds(kinds, which).flatMap(kind => (sourcesOf(kind).length ? [begin(kind, [], which)] : []))
  try {
    yield* interleave(watchings.map(track))
  } catch (error) {
    // Whatever a call or a clock makes of it.
    signal?.throwIfAborted()
    throw error
  } finally {
    stop.abort()
  }
}

const isRefs = (which: readonly string[] | WatchFilter): which is readonly string[] => Array.isArray(which)

/** Every ref once, in the spelling that jobs have. */
function refsByKind(kinds: readonly ClientJobKind[], refs: readonly string[]): Map<ClientJobKind, Set<string>> {
  const found = new Map<ClientJobKind, Set<string>>()
  for (const text of refs) {
    const { kind, ref } = resolveRef(kinds, text)
    const own = found.get(kind)
    if (own) own.add(ref)
    else found.set(kind, new Set([ref]))
  }
  return found
}
