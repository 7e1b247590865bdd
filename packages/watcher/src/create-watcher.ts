import { ConfigurationError } from '@jobscope/core/internal'
import { checkRules } from './config/check-rules.ts'
import { describePath } from './config/config-error.ts'
import { checkLocation } from './config/read-database.ts'
import { createSources } from './engine/create-sources.ts'
import { epochClock } from './engine/epoch-clock.ts'
import { readNewEvents } from './engine/read-new-events.ts'
import type { Rule } from './engine/rules.ts'
import { startWorkers } from './engine/start-workers.ts'
import type { Worker } from './engine/worker.ts'
import { type ReplayFailure, replayDeadLetters, waitForDelivery } from './sinks/deliver-events.ts'
import type { Sink } from './sinks/sink.ts'
import { openDatabase } from './store/open-database.ts'
import { createPostgresStore } from './store/postgres-store.ts'
import type { Store } from './store/store.ts'
import type { Watcher } from './watcher.ts'
import type { WatcherOptions } from './watcher-options.ts'

const day = 24 * 3_600_000
const defaultDrainTimeout = 10_000

/**
 * Creates a watcher. The watcher starts to poll when `start()` is called.
 *
 * @throws ConfigurationError if `database` or a rule is invalid, if two sinks or rules have the same name, or if two accounts have the same name, project,
 *   region and job kind
 * @example
 * const watcher = createWatcher({
 *   database: 'postgres://jobscope@db/jobscope',
 *   accounts: [{ name: 'production', region: 'eu-de', clients: { dli } }],
 *   sinks: [webhook({ url: 'https://example.com/jobs', secret })],
 *   rules: [{ type: 'longer-than', after: '2h' }],
 * })
 * await watcher.start()
 */
export function createWatcher(options: WatcherOptions): Watcher {
  const { concurrency = 8, keepEvents = 7 * day, keepHistory = 90 * day, hooks = {}, clock = epochClock } = options
  const { database, redact = (text: string) => text, drainTimeout = defaultDrainTimeout } = options
  if (typeof database === 'string') checkLocation(database)
  checkRuleOptions(options.rules)
  let sources = createSources(options)
  let sinks = createSinks(options.sinks)
  let opened: Store | undefined
  let workers: Worker[] = []
  let stopped = new AbortController()

  const getStore = (): Store => {
    if (!opened) throw new Error('The watcher has not been started. Call start() first.')
    return opened
  }

  const openStore = async (): Promise<Store> => {
    if (typeof database !== 'string') return database
    const onError = (place: string) => (error: unknown) => hooks.onError?.(error, place)
    return createPostgresStore({
      database: await openDatabase(database, { onError: onError('database'), onEnd: onError('database') }),
      onError: onError('queue'),
    })
  }

  /** Adds a run for each shard and sink that has no run in the queues. */
  const addRuns = async (store: Store, added = { sources, sinks }) => {
    await store.addShards([...added.sources.values()], clock.now())
    for (const id of added.sources.keys()) await store.addRun('shards', id)
    for (const name of added.sinks.keys()) await store.addRun('sinks', name)
    await store.addRun('maintenance', 'cleanup')
  }

  return {
    async start() {
      if (stopped.signal.aborted) stopped = new AbortController()
      const store = await openStore()
      try {
        await store.start()
        await addRuns(store)
      } catch (error) {
        await store.stop().catch(() => {})
        throw error
      }
      opened = store
      workers = startWorkers({
        store,
        clock,
        concurrency,
        keepEvents,
        keepHistory,
        redact,
        hooks,
        getSources: () => sources,
        getSinks: () => sinks,
        addRuns: () => addRuns(store),
      })
    },
    async stop() {
      stopped.abort(new Error('The watcher was stopped.'))
      await Promise.all(workers.map(worker => worker.stop(drainTimeout)))
      workers = []
      await opened?.stop()
      opened = undefined
    },
    async reload(changed) {
      checkRuleOptions(changed.rules)
      const next = { sources: createSources(changed), sinks: createSinks(changed.sinks) }
      if (opened) await addRuns(opened, next)
      sources = next.sources
      sinks = next.sinks
    },
    async *events({ since, signal } = {}) {
      const ends = AbortSignal.any([stopped.signal, ...(signal ? [signal] : [])])
      yield* readNewEvents(getStore(), { clock, since, signal: ends })
    },
    async replay(name, { since, signal = stopped.signal } = {}) {
      const sink = sinks.get(name)
      if (!sink) {
        const known = [...sinks.keys()].join(', ') || 'none'
        throw new ConfigurationError('sink', `Unknown sink "${name}". Configured sinks: ${known}.`)
      }
      const store = getStore()
      if (since) await store.rewindSink(name, since.getTime())
      const { delivered, failures } = await replayDeadLetters(store, sink, signal)
      const failingShards = since ? await waitForDelivery(store, name, clock, signal) : []
      if (failures.length === 0 && failingShards.length === 0) return delivered
      for (const { error } of failures) hooks.onSinkFailure?.(name, error, false)
      throw createReplayError(name, { delivered, failures, failingShards }, redact)
    },
    query: {
      async shards() {
        // The database also contains shards that were removed from the configuration, because their events are still delivered. The
        // states of their jobs are out of date.
        return (await getStore().listShards()).filter(({ id }) => sources.has(id))
      },
      async jobs(shard) {
        return (await getStore().listJobs(shard)).filter(job => sources.has(job.shard))
      },
      history: (query = {}) => getStore().readHistory({ period: day, ...query }),
      failures: (query = {}) => getStore().countFailures(query),
    },
  }
}

function checkRuleOptions(rules: readonly Rule[] = []): void {
  const [problem] = checkRules(rules)
  if (problem) throw new ConfigurationError(describePath(problem.path), problem.message)
}

function createReplayError(
  sink: string,
  result: {
    readonly delivered: number
    readonly failures: readonly ReplayFailure[]
    readonly failingShards: readonly string[]
  },
  redact: (text: string) => string,
): AggregateError {
  const { delivered, failures, failingShards } = result
  const lines = [`Delivered ${delivered} of ${delivered + failures.length} dead letters to ${sink}.`]
  if (failures.length > 0)
    lines.push('These dead letters were not delivered. They are kept, so you can replay them again:')
  for (const { event, error } of failures) {
    lines.push(`  ${event.shard}#${event.seq}: ${error instanceof Error ? error.message : error}`)
  }
  if (failingShards.length > 0) {
    lines.push('The sink failed repeatedly for events of these shards. A running watcher continues to deliver them:')
    lines.push(...failingShards.map(shard => `  ${shard}`))
  }
  return new AggregateError(
    failures.map(({ error }) => error),
    redact(lines.join('\n')),
  )
}

function createSinks(sinks: readonly Sink[] = []): Map<string, Sink> {
  const byName = new Map<string, Sink>()
  for (const sink of sinks) {
    if (byName.has(sink.name)) {
      throw new ConfigurationError('sinks', `Two sinks have the name "${sink.name}". Give the sinks different names.`)
    }
    byName.set(sink.name, sink)
  }
  return byName
}
