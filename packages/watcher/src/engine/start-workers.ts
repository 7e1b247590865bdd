import type { Clock } from '@jobscope/core'
import { deliverEvents } from '../sinks/deliver-events.ts'
import type { Sink } from '../sinks/sink.ts'
import type { Run, Store } from '../store/store.ts'
import type { WatcherHooks } from '../watcher-options.ts'
import { runShard, type ShardSource } from './run-shard.ts'
import type { ShardState } from './shard-state.ts'
import { startWorker, type Worker, type WorkerOptions } from './worker.ts'

export interface WorkersOptions {
  readonly store: Store
  readonly clock: Clock
  /** Maximum number of shards that are polled at once. */
  readonly concurrency: number
  /** How long events and the history of jobs are kept, in ms. */
  readonly keepEvents: number
  readonly keepHistory: number
  readonly redact: (text: string) => string
  readonly hooks: WatcherHooks
  /** Returns the current shards. It is a function, because a reload of the configuration replaces the shards and sinks. */
  readonly getSources: () => ReadonlyMap<string, ShardSource>
  readonly getSinks: () => ReadonlyMap<string, Sink>
  /** Adds a run for each shard and sink that has no run in the queues. */
  readonly addRuns: () => Promise<void>
}

const shardPollInterval = 500
const sinkPollInterval = 250
const maintenancePollInterval = 10_000
const maintenanceInterval = 600_000
const sinkConcurrency = 16

/**
 * How long a run waits, in ms, if the configuration of this process does not contain the shard or sink of the run. The configuration
 * of another process may contain it. The pause doubles each time, so that removed shards and sinks cause few fetches.
 */
const firstUnknownKeyPause = 1_000
const maxUnknownKeyPause = 60_000

/** Starts the workers of the three queues. */
export function startWorkers(options: WorkersOptions): Worker[] {
  const { store, clock, concurrency, hooks, redact, getSources, getSinks } = options
  const cache = new Map<string, ShardState>()
  const start = (worker: Omit<WorkerOptions, 'store' | 'clock' | 'onError'>) =>
    startWorker({
      ...worker,
      store,
      clock,
      onError: (error, run) => hooks.onError?.(error, run?.key ?? worker.queue),
    })

  /** The last pauses of the runs whose shards or sinks are not in the configuration. */
  const unknownKeyPauses = new Map<string, number>()
  const postponeUnknown = (run: Run) => {
    const id = `${run.queue} ${run.key}`
    const pause = Math.min(maxUnknownKeyPause, (unknownKeyPauses.get(id) ?? firstUnknownKeyPause / 2) * 2)
    unknownKeyPauses.set(id, pause)
    return store.postponeRun(run, pause)
  }

  const pollShard = async (run: Run, signal: AbortSignal) => {
    const source = getSources().get(run.key)
    if (!source) return postponeUnknown(run)
    unknownKeyPauses.delete(`${run.queue} ${run.key}`)
    const startedAt = clock.now()
    const context = { store, now: clock.now, random: Math.random, cache, redact }
    const result = await runShard(context, source, run, signal)
    hooks.onRun?.(run.key, { ...result, duration: clock.now() - startedAt })
  }

  const deliver = async (run: Run, signal: AbortSignal) => {
    const sink = getSinks().get(run.key)
    if (!sink) return postponeUnknown(run)
    unknownKeyPauses.delete(`${run.queue} ${run.key}`)
    const context = {
      store,
      now: clock.now,
      random: Math.random,
      redact,
      onDelivered: (count: number, time: number) => hooks.onDelivery?.(run.key, count, clock.now() - time),
      onFailure: (error: unknown, isDeadLetter: boolean) => hooks.onSinkFailure?.(run.key, error, isDeadLetter),
    }
    await deliverEvents(context, sink, run, signal)
  }

  const cleanUp = async (run: Run) => {
    const now = clock.now()
    await store.deleteOld({
      events: now - options.keepEvents,
      history: now - options.keepHistory,
      sinks: [...getSinks().keys()],
    })
    // If somebody has emptied the queue, its runs are missing. Without new runs, nothing would be polled or delivered.
    await options.addRuns()
    await store.postponeRun(run, maintenanceInterval)
  }

  /** If there are several accounts, the number of concurrent polls of one account is at most half of the concurrency. */
  const accountConcurrency = () => {
    const accounts = new Set([...getSources().values()].map(({ account }) => account))
    return accounts.size > 1 ? Math.ceil(concurrency / 2) : concurrency
  }

  return [
    start({ queue: 'shards', concurrency, accountConcurrency, pollInterval: shardPollInterval, handle: pollShard }),
    start({ queue: 'sinks', concurrency: sinkConcurrency, pollInterval: sinkPollInterval, handle: deliver }),
    start({ queue: 'maintenance', concurrency: 1, pollInterval: maintenancePollInterval, handle: cleanUp }),
  ]
}
