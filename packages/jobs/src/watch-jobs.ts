import type { Clock, Duration } from '@jobscope/core'
import { isTerminal } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { type JobFilter, matchesFilter, selectKinds } from './job-filter.ts'
import { getJobLists, isNewestFirst } from './job-lists.ts'
import { resolveRef } from './job-ref.ts'
import { createIgnoredJobs } from './watch/ignored-jobs.ts'
import type { JobEvent } from './watch/job-events.ts'
import type { IsFinished, KindWatch } from './watch/kind-watch.ts'
import { mergeGenerators } from './watch/merge-generators.ts'
import { watchKind } from './watch/watch-kind.ts'
import { createWatchedJob } from './watch/watched-job.ts'

/** Selects the jobs to watch: existing jobs that have not ended, and new jobs. */
export type WatchFilter = Omit<JobFilter, 'state'>

export interface WatchOptions {
  /** Aborts the watch. It rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Shortest time between two polls of the jobs of a kind. @default depends on the kind of job */
  interval?: Duration | undefined
  /** Longest time between two polls of a job. @default depends on the kind of job */
  maxInterval?: Duration | undefined
  /** Replaces the system's clock in tests. @default the clock of `createJobs` */
  clock?: Clock | undefined
}

interface InternalWatchOptions extends WatchOptions {
  readonly clock: Clock
  /** When the watch ends, in ms of the clock. @default never */
  readonly deadline?: number
  /** @default whether the job is in a terminal state */
  readonly isFinished?: IsFinished
}

/** Watches the given jobs, or all jobs that match a filter. */
export async function* watchJobs(
  kinds: readonly ClientJobKind[],
  selection: readonly string[] | WatchFilter,
  options: InternalWatchOptions,
): AsyncGenerator<JobEvent, void> {
  const { signal } = options
  // Stops the requests that are still running when the consumer leaves the iteration.
  const stop = new AbortController()
  const watchOptions = { ...options, signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal }
  const watches = isRefs(selection)
    ? [...groupByKind(kinds, selection)].map(([kind, refs]) => createKindWatch(kind, { refs }, watchOptions))
    : selectKinds(kinds, selection)
        .filter(kind => getJobLists(kind).length > 0)
        .map(kind => createKindWatch(kind, { filter: selection }, watchOptions))
  try {
    yield* mergeGenerators(watches.map(watchKind))
  } catch (error) {
    // A clock or a client may reject with another error after an abort.
    signal?.throwIfAborted()
    throw error
  } finally {
    stop.abort()
  }
}

const isRefs = (selection: readonly string[] | WatchFilter): selection is readonly string[] => Array.isArray(selection)

interface Selection {
  readonly refs?: Iterable<string>
  readonly filter?: WatchFilter
}

function createKindWatch(
  kind: ClientJobKind,
  { refs = [], filter }: Selection,
  options: InternalWatchOptions & { signal: AbortSignal },
): KindWatch {
  const { clock, signal, deadline = Number.POSITIVE_INFINITY, isFinished = job => isTerminal(job.state) } = options
  const { polling } = kind.rules
  const interval = toMilliseconds(options.interval ?? polling.interval * 1000, 'interval')
  const maxInterval = toMilliseconds(options.maxInterval ?? polling.maxInterval * 1000, 'maxInterval')
  return {
    kind,
    watched: new Map([...refs].map(ref => [ref, createWatchedJob(clock.now())])),
    since: filter?.since?.getTime() ?? 0,
    matches: filter && (job => matchesFilter(job, filter)),
    ignored: createIgnoredJobs({ hasOrder: isNewestFirst(kind) }),
    isFirstScan: filter !== undefined,
    isFinished,
    clock,
    intervals: { min: interval, max: Math.max(interval, maxInterval) },
    signal,
    deadline,
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
