import type { Clock, Duration } from '@jobscope/core'
import { getStateRule } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { createIterator } from './create-iterator.ts'
import { selectKinds, type WatchFilter } from './job-filter.ts'
import { getJobLists } from './job-lists.ts'
import { resolveRef } from './job-ref.ts'
import type { JobEvent } from './watch/job-events.ts'
import { mergeGenerators } from './watch/merge-generators.ts'
import type { IsFinished, Poll } from './watch/poll.ts'
import { createPollState } from './watch/poll-state.ts'
import { type KindWatch, watchKind } from './watch/watch-kind.ts'

export interface WatchOptions {
  /** Aborts the watch, which then rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Shortest time between two polls of the jobs of a kind, at least 100 ms. @default depends on the kind of job */
  interval?: Duration | undefined
  /** Longest time between two polls of a job. @default depends on the kind of job */
  maxInterval?: Duration | undefined
  /**
   * How long the watch polls for a given job that the service does not find yet. A service can report a new job late. During this time, the
   * watch polls the job every second. @default '5s'
   */
  notFoundGrace?: Duration | undefined
  /**
   * A watch with a filter also reports jobs that had already ended when the watch first read them, if they ended at this time or later.
   * Set it to a time before a call of `jobs.list()`, so that the watch reports each job that ended after the list was read. The times are
   * those of the service, so subtract how much its clock may differ from yours. If a kind of job has no time for the end or for the last
   * change, the end is computed from the start and the duration, which leave out the time in a queue. @default the watch reports no jobs
   * that have already ended
   */
  endedSince?: Date | undefined
  /**
   * With `idle`, a watch with a filter ends when all matching jobs have ended, or are in states that they do not leave by themselves. If
   * the client lacks an argument that the lists of a kind require, the watch yields an `error` event and does not wait for this kind.
   * @default the watch continues, because new jobs may match
   */
  until?: 'idle' | undefined
  /** Replaces the system's clock in tests. @default the clock of `createJobs` */
  clock?: Clock | undefined
}

interface InternalWatchOptions extends WatchOptions {
  readonly clock: Clock
  /** How long the watch may take, in ms. @default forever */
  readonly duration?: number
  /** Returns whether the watch is finished with a job. @default whether the job is in a terminal state */
  readonly isFinished?: IsFinished
  readonly onNotFoundYet?: Poll['onNotFoundYet']
}

/** Watches the given jobs, or all jobs that match a filter. */
export const watchJobs = (
  kinds: readonly ClientJobKind[],
  selection: readonly string[] | WatchFilter,
  options: InternalWatchOptions,
): AsyncIterableIterator<JobEvent> =>
  createIterator(signal => runWatch(kinds, selection, { ...options, signal }), options.signal)

async function* runWatch(
  kinds: readonly ClientJobKind[],
  selection: readonly string[] | WatchFilter,
  options: InternalWatchOptions & { signal: AbortSignal },
): AsyncGenerator<JobEvent, void> {
  const { signal, until } = options
  // Stops the watches of all kinds when no kind has active jobs, or when the watch of one kind has failed.
  const stop = new AbortController()
  let hasBecomeIdle = false
  const watchOptions = {
    ...options,
    signal: AbortSignal.any([signal, stop.signal]),
    isIdle: () => {
      hasBecomeIdle = until === 'idle' && watches.every(hasNoActiveJobs)
      if (hasBecomeIdle) stop.abort()
      return hasBecomeIdle
    },
  }
  const watches: readonly KindWatch[] = isRefs(selection)
    ? [...groupByKind(kinds, selection)].map(([kind, refs]) => createKindWatch(kind, { refs }, watchOptions))
    : selectKinds(kinds, selection)
        .filter(kind => getJobLists(kind).length > 0)
        .map(kind => createKindWatch(kind, { filter: selection }, watchOptions))
  try {
    yield* mergeGenerators(watches.map(watchKind))
  } catch (error) {
    // After an abort, a clock or a client may reject with another error. The watch must reject with `signal.reason` instead.
    signal.throwIfAborted()
    if (!hasBecomeIdle) throw error
  } finally {
    stop.abort()
  }
}

/**
 * Returns whether no job of a kind will change its state by itself, as far as the polls have read. A poll in progress does not count as
 * activity: the polls of different kinds overlap, so there may never be a moment without a poll.
 */
const hasNoActiveJobs = ({ kind, state: { watched, scan }, isUnavailable }: KindWatch): boolean =>
  isUnavailable ||
  (!scan?.isFirst &&
    !scan?.wasInterrupted &&
    [...watched.values()].every(({ rawState }) => getStateRule(kind.rules, rawState).stable === true))

const isRefs = (selection: readonly string[] | WatchFilter): selection is readonly string[] => Array.isArray(selection)

interface Selection {
  readonly refs?: Iterable<string>
  readonly filter?: WatchFilter
}

function createKindWatch(
  kind: ClientJobKind,
  { refs, filter }: Selection,
  options: InternalWatchOptions & Pick<KindWatch, 'signal' | 'isIdle'>,
): KindWatch {
  const { clock, signal, isIdle, isFinished, onNotFoundYet, duration = Number.POSITIVE_INFINITY } = options
  const { interval, maxInterval, notFoundGrace, endedSince } = options
  const now = clock.now()
  return {
    kind,
    state: createPollState(now, refs),
    filter,
    isFinished,
    onNotFoundYet,
    isIdle,
    clock,
    interval,
    maxInterval,
    notFoundGrace,
    endedSince: endedSince?.getTime(),
    signal,
    deadline: now + duration,
    timeout: duration,
    isUnavailable: false,
  }
}

/** Groups references by kind, in their canonical spelling and without duplicates. */
function groupByKind(kinds: readonly ClientJobKind[], refs: readonly string[]): Map<ClientJobKind, Set<string>> {
  const groups = new Map<ClientJobKind, Set<string>>()
  for (const text of refs) {
    const { kind, ref } = resolveRef(kinds, text)
    const group = groups.get(kind)
    if (group) group.add(ref)
    else groups.set(kind, new Set([ref]))
  }
  return groups
}
