import { type Duration, isApiError, isArgumentError, isTerminal } from '@jobscope/core'
import { maxClockSkewMs, systemClock } from '@jobscope/core/internal'
import type { Clients, JobEvent, Jobs, ServiceJob } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import { toPageJob } from './page-job.ts'
import type { KindStatus, KindStatuses, PageJob } from './protocol.ts'
import type { ObservedState } from './state-changes.ts'

/** What has changed since the last update. */
export interface BoardUpdate {
  readonly jobs: readonly PageJob[]
  readonly removed: readonly string[]
  /** Undefined if no status has changed. */
  readonly statuses: KindStatuses | undefined
}

/** Holds all jobs. While the board has subscribers, it lists the jobs of each kind, and watches all kinds for changes. */
export interface JobBoard {
  readonly jobs: () => readonly PageJob[]
  readonly statuses: () => KindStatuses
  /** The state changes of a job since the board was started. */
  readonly observed: (ref: string) => readonly ObservedState[]
  /** Adds or updates a job that the caller has read. */
  readonly record: (job: ServiceJob) => PageJob
  /** Calls the listener with all further changes. Returns a function that removes the listener. */
  readonly subscribe: (listener: (update: BoardUpdate) => void) => () => void
}

export interface JobBoardOptions {
  /** Names of the kinds to show: `dli:batch`. */
  readonly kinds: readonly string[]
  /** Jobs that were created earlier are listed only if they have not ended. */
  readonly since: Date
  /** Stops listing and watching jobs. */
  readonly signal: AbortSignal
  /** Reads the queue of a job. */
  readonly getQueue: (job: ServiceJob) => string | undefined
  /** Time between two polls. @default depends on the kind of job */
  readonly interval?: Duration | undefined
}

/** How many jobs of each kind are listed. */
const maxJobsPerKind = 10_000
/** How many states of a job are kept. */
const maxObservedStates = 100
/** Changes are collected for this time, in ms, so that many changes are sent as one update. */
const updateInterval = 100
/** How long the board is kept up to date without subscribers, in ms. So a reload of the page does not restart the lists and the watch. */
const idleTime = 30_000
/** The pause before a failed list is read again, in ms. The pause doubles after each failure. */
const retryPauses = { first: 5_000, longest: 60_000 }

/** A list that was read to its end. */
interface FinishedList {
  readonly kind: string
  /** The references of the jobs in the list. */
  readonly listed: ReadonlySet<string>
  /** The number of events that had arrived when the list was requested. */
  readonly eventsBefore: number
}

export function createJobBoard(
  source: Pick<Jobs<Clients>, 'get' | 'list' | 'watch'>,
  { kinds, since, signal, interval, getQueue }: JobBoardOptions,
): JobBoard {
  const jobs = new Map<string, PageJob>()
  const observedStates = new Map<string, ObservedState[]>()
  let eventCount = 0
  /** The number of the last event of each job. */
  const lastEvents = new Map<string, number>()
  const statuses = new Map<string, KindStatus>(kinds.map(kind => [kind, { status: 'loading' }]))
  const listeners = new Set<(update: BoardUpdate) => void>()
  const changed = new Set<string>()
  let statusesChanged = false
  let updateTimer: NodeJS.Timeout | undefined
  let idleTimer: NodeJS.Timeout | undefined
  /** The controller that stops listing and watching. Undefined while the board is not kept up to date. */
  let running: AbortController | undefined

  const publish = () => {
    updateTimer = undefined
    const refs = [...changed]
    const update: BoardUpdate = {
      jobs: refs.flatMap(ref => jobs.get(ref) ?? []),
      removed: refs.filter(ref => !jobs.has(ref)),
      statuses: statusesChanged ? Object.fromEntries(statuses) : undefined,
    }
    changed.clear()
    statusesChanged = false
    for (const listener of listeners) listener(update)
  }
  const schedulePublish = () => {
    updateTimer ??= setTimeout(publish, updateInterval)
  }
  const setStatus = (kind: string, status: KindStatus) => {
    statuses.set(kind, status)
    statusesChanged = true
    schedulePublish()
  }
  const record = (job: ServiceJob): PageJob => {
    const observed = observedStates.get(job.ref)
    const pageJob = toPageJob(job, { readAt: Date.now(), observed: observed ?? [], queue: getQueue(job) })
    jobs.set(job.ref, pageJob)
    changed.add(job.ref)
    schedulePublish()
    return pageJob
  }
  const remove = (ref: string) => {
    jobs.delete(ref)
    observedStates.delete(ref)
    changed.add(ref)
    schedulePublish()
  }
  const observe = ({ ref, state, rawState }: ServiceJob) => {
    const observed = observedStates.get(ref) ?? []
    if (observed.at(-1)?.rawState === rawState) return
    observedStates.set(ref, [...observed, { state, rawState, at: Date.now() }].slice(-maxObservedStates))
  }

  /** Lists the jobs of a kind. If the list fails, tries again after a pause, unless an option is missing or invalid. */
  async function load(kind: string, runSignal: AbortSignal): Promise<void> {
    for (let pause = retryPauses.first; ; pause = Math.min(2 * pause, retryPauses.longest)) {
      let failure: { readonly error: unknown } | undefined
      const listed = new Set<string>()
      const eventsBefore = eventCount
      const list: AsyncIterable<ServiceJob> = source.list({
        kinds: [kind],
        since,
        limit: maxJobsPerKind,
        signal: runSignal,
        onError: ({ error }) => {
          failure = { error }
        },
      })
      for await (const job of list) {
        // An event that arrived after the list was requested is newer than the list.
        if ((lastEvents.get(job.ref) ?? 0) <= eventsBefore) record(job)
        listed.add(job.ref)
      }
      failure ??= await readUnlistedJobs({ kind, listed, eventsBefore }, runSignal)
      if (!failure) {
        const isComplete = listed.size < maxJobsPerKind
        return setStatus(kind, isComplete ? { status: 'ready' } : { status: 'truncated', limit: maxJobsPerKind })
      }
      setStatus(kind, toStatus(failure.error))
      if (isArgumentError(failure.error)) return
      await systemClock.sleep(pause, runSignal)
    }
  }

  /**
   * Reads each known job again that had not ended and is not in the list of its kind. While nobody watched the jobs, such a job was
   * deleted, or it ended and is too old for the list. Stops at the first failure and returns it. The next attempt reads the remaining jobs.
   */
  async function readUnlistedJobs(
    { kind, listed, eventsBefore }: FinishedList,
    runSignal: AbortSignal,
  ): Promise<{ readonly error: unknown } | undefined> {
    const isUnconfirmed = (ref: string) => !listed.has(ref) && (lastEvents.get(ref) ?? 0) <= eventsBefore
    const open = [...jobs.values()].filter(job => `${job.service}:${job.kind}` === kind && !isTerminal(job.state))
    for (const { ref } of open) {
      if (!isUnconfirmed(ref)) continue
      try {
        const job: ServiceJob = await source.get(ref, { signal: runSignal })
        if (isUnconfirmed(ref)) record(job)
      } catch (error) {
        if (runSignal.aborted) throw error
        if (!isApiError(error) || error.kind !== 'not-found') return { error }
        if (isUnconfirmed(ref)) remove(ref)
      }
    }
    return undefined
  }

  function handle(event: JobEvent, runSignal: AbortSignal, loading: Set<string>): void {
    if (event.type === 'error') {
      const kind = `${event.service}:${event.kind}`
      if (loading.has(kind) || isArgumentError(event.error)) return
      setStatus(kind, toStatus(event.error))
      // After an error, a watch sends no event when it can read jobs again. So the board itself lists the jobs of the kind until a
      // list succeeds.
      startLoading(kind, runSignal, loading)
    } else if (event.type === 'gone') {
      remove(event.ref)
      lastEvents.set(event.ref, ++eventCount)
    } else {
      // A job that this process has not read before may have entered its state before this process started. So its first state is not
      // recorded as a change.
      const known = jobs.get(event.job.ref)
      if (known && known.rawState !== event.job.rawState) observe(event.job)
      record(event.job)
      lastEvents.set(event.job.ref, ++eventCount)
    }
  }

  function startLoading(kind: string, runSignal: AbortSignal, loading: Set<string>): void {
    loading.add(kind)
    load(kind, runSignal)
      .catch(error => {
        if (!runSignal.aborted) setStatus(kind, toStatus(error))
      })
      .finally(() => loading.delete(kind))
  }

  async function run(runSignal: AbortSignal): Promise<void> {
    const loading = new Set<string>()
    for (const kind of kinds) startLoading(kind, runSignal, loading)
    // The lists and the watch read the jobs at different times. A job that ends between them must be shown as ended.
    const endedSince = new Date(systemClock.now() - maxClockSkewMs)
    for await (const event of source.watch(
      { kinds },
      { signal: runSignal, endedSince, ...(interval && { interval, maxInterval: interval }) },
    ))
      handle(event, runSignal, loading)
  }

  function start(): void {
    const controller = new AbortController()
    running = controller
    const runSignal = AbortSignal.any([signal, controller.signal])
    run(runSignal).catch(error => {
      if (runSignal.aborted) return
      for (const kind of kinds) setStatus(kind, toStatus(error))
    })
  }

  signal.addEventListener('abort', () => {
    clearTimeout(updateTimer)
    clearTimeout(idleTimer)
  })

  return {
    jobs: () => [...jobs.values()],
    statuses: () => Object.fromEntries(statuses),
    observed: ref => observedStates.get(ref) ?? [],
    record,
    subscribe(listener) {
      clearTimeout(idleTimer)
      listeners.add(listener)
      if (!running && !signal.aborted) start()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0 || signal.aborted) return
        idleTimer = setTimeout(() => {
          running?.abort()
          running = undefined
        }, idleTime)
        idleTimer.unref()
      }
    },
  }
}

const toStatus = (error: unknown): KindStatus => ({
  status: isArgumentError(error) ? 'unavailable' : 'failed',
  message: describeError(error),
})
