import type { Clock } from '@jobscope/core'
import { getAccountPart, type QueueName, type Run, StaleRunError, type Store } from '../store/store.ts'

export interface WorkerOptions {
  readonly store: Store
  readonly queue: QueueName
  readonly clock: Clock
  /**
   * Maximum number of concurrent runs. Runs that last longer than 2 seconds do not count, so that unresponsive accounts do not delay other
   * accounts.
   */
  readonly concurrency: number
  /**
   * Maximum number of concurrent runs of one account, including long runs. It limits how many long runs a process can have.
   *
   * @default no limit
   */
  readonly accountConcurrency?: (() => number) | undefined
  /** How often the worker fetches runs that are due, in ms. */
  readonly pollInterval: number
  /**
   * Does the work of a run, and then calls the method of the store that ends the run. The signal aborts if another worker may have taken
   * over the run, or if this worker stops.
   */
  readonly handle: (run: Run, signal: AbortSignal) => Promise<void>
  readonly onError: (error: unknown, run: Run | undefined) => void
}

export interface Worker {
  /**
   * Stops fetching runs, and waits until the current runs have ended. Aborts the runs after `timeout` ms. Resolves 2 seconds later even if
   * the store does not respond.
   */
  stop(timeout: number): Promise<void>
}

/** How often the leases of runs are extended, in ms. A lease lasts 10 s. */
const heartbeatInterval = 3_000

/** After this time, in ms, a run no longer counts toward the concurrency of the worker. */
const maxCountedTime = 2_000

/** The pause before a failed run is repeated, in ms. */
export const failurePause = 5_000

/** How long a worker that stops waits until its runs are returned to the queue, in ms. */
const releaseTimeout = 2_000

/** Processes the runs of a queue until it is stopped. */
export function startWorker({
  store,
  queue,
  clock,
  concurrency,
  accountConcurrency = () => concurrency,
  pollInterval,
  handle,
  onError,
}: WorkerOptions): Worker {
  const active = new Map<
    Run,
    { readonly controller: AbortController; readonly done: Promise<void>; readonly startedAt: number }
  >()
  const stopping = new AbortController()

  let wakeHeartbeat = () => {}
  let endPause = () => {}

  /** Whether a run has ended, or was returned to the queue, since the last fetch began. */
  let hasRunEnded = false

  /** Returns a run to the queue, so that another worker does not have to wait until the lease of the run has expired. */
  const release = (run: Run) => store.postponeRun(run, 0).catch(() => {})

  const listBusyAccounts = (): string[] => {
    const counts = new Map<string, number>()
    for (const { key } of active.keys()) {
      const account = getAccountPart(key)
      counts.set(account, (counts.get(account) ?? 0) + 1)
    }
    return [...counts].flatMap(([account, count]) => (count >= accountConcurrency() ? account : []))
  }

  const countFreeSlots = (): number => {
    const since = clock.now() - maxCountedTime
    return concurrency - [...active.values()].filter(({ startedAt }) => startedAt > since).length
  }

  const start = (run: Run) => {
    const controller = new AbortController()
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
    })
    const work = async () => {
      try {
        // The worker must be able to stop even if `handle` ignores the signal.
        await Promise.race([handle(run, controller.signal), aborted])
      } catch (error) {
        if (error instanceof StaleRunError || controller.signal.reason instanceof StaleRunError) return
        if (controller.signal.aborted) return release(run)
        onError(error, run)
        await store.postponeRun(run, failurePause).catch(() => {})
      }
    }
    const done = work().finally(() => {
      active.delete(run)
      hasRunEnded = true
      endPause()
    })
    active.set(run, { controller, done, startedAt: clock.now() })
    wakeHeartbeat()
  }

  const isStopped = () => stopping.signal.aborted

  /** Waits for the poll interval. If `isShort` is true, the wait also ends when a run ends. */
  const pause = async (isShort: boolean) => {
    const pausing = new AbortController()
    const end = () => pausing.abort()
    stopping.signal.addEventListener('abort', end)
    if (isShort) endPause = end
    if (!isStopped()) await clock.sleep(pollInterval, pausing.signal).catch(() => {})
    stopping.signal.removeEventListener('abort', end)
    endPause = () => {}
  }

  const fetchLoop = async () => {
    // Whether there may be due runs that the last fetch did not return.
    let mayMoreBeDue = false
    while (!isStopped()) {
      const free = countFreeSlots()
      hasRunEnded = false
      if (free > 0) {
        const busyAccounts = listBusyAccounts()
        try {
          const runs = await store.fetchRuns(queue, free, busyAccounts)
          mayMoreBeDue = runs.length === free || busyAccounts.length > 0
          for (const run of runs) {
            // The store can return more runs of an account than may be processed at the same time. The worker returns the surplus runs to
            // the queue.
            if (isStopped() || listBusyAccounts().includes(getAccountPart(run.key))) {
              await release(run)
              mayMoreBeDue = true
              hasRunEnded = true
            } else {
              start(run)
            }
          }
        } catch (error) {
          mayMoreBeDue = false
          if (!isStopped()) onError(error, undefined)
        }
      }
      if (!(mayMoreBeDue && hasRunEnded)) await pause(mayMoreBeDue)
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
          if (kept.has(run)) continue
          const reason = new StaleRunError(`The run of ${run.key} no longer belongs to this worker.`)
          active.get(run)?.controller.abort(reason)
        }
      } catch (error) {
        // Without a connection to the store, the worker cannot check whether another worker has taken over a run. The transaction at the
        // end of the run checks this.
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
      const drain = async () => {
        await fetching
        await Promise.allSettled([...active.values()].map(({ done }) => done))
        ended.abort()
        wakeHeartbeat()
        await heartbeats
      }
      const drained = new AbortController()
      const expire = async () => {
        await clock.sleep(timeout, drained.signal)
        for (const { controller } of active.values()) controller.abort(new Error('The watcher was stopped.'))
        await clock.sleep(releaseTimeout, drained.signal)
      }
      // Requests to a store that does not respond can last much longer than the timeout.
      await Promise.race([drain(), expire().catch(() => {})])
      drained.abort()
      ended.abort()
      wakeHeartbeat()
    },
  }
}
