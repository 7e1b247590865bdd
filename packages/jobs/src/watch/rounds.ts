import type { ClientJobKind } from '../client-job-kinds.ts'
import { getJobLists, isNewestFirst, type JobList } from '../job-lists.ts'
import { resolveRef } from '../job-ref.ts'
import { completeScan } from './ignored-jobs.ts'
import { computePagesToRead } from './pages-to-read.ts'
import type { Poll } from './poll.ts'
import type { PollRound, PollState, ScanFilter } from './poll-state.ts'
import { type PollIntervals, pageUnknown } from './watched-job.ts'

/** If a scan finds no new jobs, the time until the next scan grows by this factor. */
const scanIntervalGrowth = 1.5

/**
 * After this many scans that read only the first pages, the next scan reads all pages. This applies only to kinds whose jobs can be started
 * again: such a job can be on any page.
 */
const scansPerFullScan = 10

/** Returns whether jobs of the kind can be read from lists only, because the kind has no `get` operation. */
export const hasOnlyLists = ({ rules }: ClientJobKind): boolean => rules.get.find !== undefined

/** Finds the jobs to poll. If the round of the previous poll is not complete, continues this round. Otherwise plans a new round. */
export function startRound(
  kind: ClientJobKind,
  state: PollState,
  {
    startedAt,
    intervals,
    filter,
  }: { readonly startedAt: number; readonly intervals: PollIntervals; readonly filter: ScanFilter },
) {
  // If the start of the round is in the future, the clock was set back after it. Such a round is not continued.
  const unfinishedRound = state.round && state.round.startedAt <= startedAt ? state.round : undefined
  // The next poll is one interval later at the earliest. So all jobs that are due until then are polled now.
  const dueUntil = unfinishedRound?.dueUntil ?? startedAt + intervals.min
  const polledBefore = unfinishedRound?.startedAt ?? Number.POSITIVE_INFINITY
  const wanted = new Set<string>()
  for (const [ref, { nextPollAt, polledAt }] of state.watched) {
    const isDue = nextPollAt < dueUntil || isTooLate(nextPollAt, startedAt, intervals)
    if (isDue && polledAt < polledBefore) wanted.add(ref)
  }
  const { scan } = state
  if (scan && state.round?.scan) scan.wasInterrupted = true
  if (unfinishedRound) return { wanted, round: unfinishedRound }
  const { name, since } = scan?.filter ?? filter
  const hasNewFilter = name !== filter.name || since > filter.since
  const isFullScanDue = kind.rules.endsByItself === false && (scan?.scansSinceFull ?? 0) >= scansPerFullScan
  const readsAll = hasNewFilter || isFullScanDue || scan?.isFirst === true
  const isScanDue = scan && (hasNewFilter || scan.nextAt < dueUntil || isTooLate(scan.nextAt, startedAt, intervals))
  const plan = { wanted, scan: isScanDue === true, startedAt, dueUntil, readsAll, hasNewFilter, filter }
  return { wanted, round: createRound(kind, state, plan) }
}

/**
 * Returns whether a planned time is later than any poll can plan now. Such a time was planned before the clock was set back, so it counts
 * as due.
 */
export const isTooLate = (time: number, now: number, { max }: PollIntervals): boolean => time > now + max

/** What a poll will read. A scan reads at least the first page of a list. It reads further pages as long as they contain new jobs. */
interface RoundPlan
  extends Pick<PollRound, 'scan' | 'startedAt' | 'dueUntil' | 'readsAll' | 'hasNewFilter' | 'filter'> {
  /** The references of the jobs to poll. */
  readonly wanted: ReadonlySet<string>
}

/** Plans how many pages of each list to read. The number depends on which pages contained the jobs at the last poll. */
function createRound(kind: ClientJobKind, state: PollState, { wanted, ...plan }: RoundPlan): PollRound {
  const { scan } = plan
  const lists = scan || !hasOnlyLists(kind) ? getJobLists(kind) : getListsOfJobs(kind, wanted)
  const { pagesByList, unknownCount } = locateJobs(state, wanted, lists.length)
  // To search for jobs whose page is unknown, the poll may read one page for every two such jobs.
  const isSearchWorthwhile = unknownCount > 2 * lists.length
  return {
    ...plan,
    hasNewJobs: false,
    searchBudget: isSearchWorthwhile ? unknownCount / 2 : 0,
    lists: lists.map(({ args }, index) => ({
      args,
      depth: computePagesToRead(pagesByList[index] ?? []),
      page: 0,
      lastTime: undefined,
      expectsNewJobs: scan,
      isDone: false,
      cursor: {},
    })),
  }
}

/** For each list, finds the pages that contained the jobs at the last poll. */
function locateJobs({ watched }: PollState, wanted: ReadonlySet<string>, listCount: number) {
  const pagesByList = Array.from({ length: listCount }, (): number[] => [])
  let unknownCount = 0
  for (const ref of wanted) {
    const job = watched.get(ref)
    if (!job || job.page === pageUnknown) unknownCount++
    else pagesByList[job.list]?.push(job.page)
  }
  return { pagesByList, unknownCount }
}

/**
 * Returns the lists that contain the given jobs. It is used only for kinds without a `get` operation. For these kinds, parts of the job's
 * key are arguments of the list.
 */
function getListsOfJobs(kind: ClientJobKind, refs: Iterable<string>): JobList[] {
  const { list, get } = kind.rules
  const lists = new Map<string, JobList>()
  for (const ref of refs) {
    const args: Record<string, unknown> = { ...list?.args, ...resolveRef([kind], ref).args }
    for (const parameter of get.find ?? []) delete args[parameter]
    lists.set(JSON.stringify(args), { kind, args })
  }
  return [...lists.values()]
}

/** Records that the lists were read, and plans the next scan. */
export function finishScan({ kind, state, round, intervals, now }: Poll): void {
  const { scan } = state
  round.scan = false
  if (!scan) return
  scan.isFirst = false
  scan.wasInterrupted = false
  scan.completeAsOf = round.startedAt
  scan.scansSinceFull = round.readsAll ? 0 : (scan.scansSinceFull ?? 0) + 1
  if (round.readsAll) scan.filter = round.filter
  completeScan(state.ignored, isNewestFirst(kind))
  const grownInterval = Math.min(intervals.max, Math.max(intervals.min, scan.interval) * scanIntervalGrowth)
  scan.interval = round.hasNewJobs ? intervals.min : grownInterval
  scan.nextAt = now() + scan.interval
}
