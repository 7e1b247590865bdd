import type { Clock } from '@jobscope/core'
import { type QueueName, type Run, StaleRunError, type Store } from '../store/store.ts'

export interface WorkerOptions {
  readonly store: Store
  readonly queue: QueueName
  readonly clock: Clock
  /** Maximum number of concurrent runs. */
  readonly concurrency: number
  /** How often to ask for runs that are due, in ms. */
  readonly pollInterval: number
  /** Does the work of a run, and ends the run with a method of the store. The signal aborts if the run is lost or the worker stops. */
  readonly handle: (run: Run, signal: AbortSignal) => Promise<void>
  readonly onError: (error: unknown, run: Run | undefined) => void
}

export interface Worker {
  /** Stops fetching runs, and waits until the current runs have ended. Aborts them after `timeout` ms. */
  stop(timeout: number): Promise<void>
}

/** How often the leases of runs are extended, in ms. A lease lasts 10 s. */
const heartbeatInterval = 3_000

/** How long a run that failed waits before the next attempt, in ms. */
const failurePause = 5_000

/** Processes the runs of a queue until it is stopped. */
export function startWorker({
  store,
  queue,
  clock,
  concurrency,
  pollInterval,
  handle,
  onError,
}: WorkerOptions): Worker {
  const active = new Map<Run, { readonly controller: AbortController; readonly done: Promise<void> }>()
  const stopping = new AbortController()

  let wakeHeartbeat = () => {}

  const start = (run: Run) => {
    const controller = new AbortController()
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
    })
    const work = async () => {
      try {
        // Work that ignores the signal must not keep the worker from stopping.
        await Promise.race([handle(run, controller.signal), aborted])
      } catch (error) {
        if (error instanceof StaleRunError || controller.signal.aborted) return
        onError(error, run)
        await store.postponeRun(run, failurePause).catch(() => {})
      }
    }
    const done = work().finally(() => {
      active.delete(run)
    })
    active.set(run, { controller, done })
    wakeHeartbeat()
  }

  const sleep = (ms: number) => clock.sleep(ms, stopping.signal).catch(() => {})
  const isStopped = () => stopping.signal.aborted

  const fetchLoop = async () => {
    while (!isStopped()) {
      const free = concurrency - active.size
      let fetched = 0
      try {
        const runs = free > 0 ? await store.fetchRuns(queue, free) : []
        fetched = runs.length
        if (!isStopped()) runs.forEach(start)
      } catch (error) {
        if (!isStopped()) onError(error, undefined)
      }
      // If the store returned as many runs as requested, more runs may be due. If one of the current runs has ended, the next runs
      // are fetched without a pause.
      if (!(fetched > 0 && fetched === free && active.size < concurrency)) await sleep(pollInterval)
    }
  }

  const heartbeatLoop = async () => {
    while (!isStopped() || active.size > 0) {
      if (active.size === 0) {
        await new Promise<void>(resolve => {
          wakeHeartbeat = resolve
        })
      }
      await clock.sleep(heartbeatInterval, ended.signal).catch(() => {})
      if (ended.signal.aborted) return
      const runs = [...active.keys()]
      if (runs.length === 0) continue
      try {
        const kept = new Set(await store.keepRuns(runs))
        for (const run of runs) {
          if (!kept.has(run)) active.get(run)?.controller.abort(new StaleRunError(`The run of ${run.key} was lost.`))
        }
      } catch (error) {
        // Without a connection to the store, the worker cannot know whether a run was lost. The transaction at the end of the run
        // checks this.
        onError(error, undefined)
      }
    }
  }

  const ended = new AbortController()
  const fetching = fetchLoop()
  const heartbeats = heartbeatLoop()
  return {
    async stop(timeout) {
      stopping.abort()
      await fetching
      const drained = Promise.allSettled([...active.values()].map(({ done }) => done))
      const expired = new AbortController()
      const timer = clock.sleep(timeout, expired.signal).then(
        () => {
          for (const { controller } of active.values()) controller.abort(new Error('The watcher was stopped.'))
        },
        () => {},
      )
      await drained
      expired.abort()
      await timer
      ended.abort()
      wakeHeartbeat()
      await heartbeats
    },
  }
}
