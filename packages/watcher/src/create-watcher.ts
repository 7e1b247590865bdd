import type { Clock, Duration } from '@jobscope/core'
import { ConfigurationError } from '@jobscope/core/internal'
import { type ClientJobKind, type Clients, getClientJobKinds, type WatchFilter } from '@jobscope/jobs'
import type { WatcherEvent } from './engine/job-event.ts'
import { toWatcherEvent } from './engine/job-event.ts'
import type { Rule } from './engine/rules.ts'
import { type RunResult, runShard, type ShardSource } from './engine/run-shard.ts'
import { startWorker, type Worker } from './engine/worker.ts'
import { deliverEvents, replayDeadLetters } from './sinks/deliver-events.ts'
import type { Sink } from './sinks/sink.ts'
import { openDatabase } from './store/open-database.ts'
import { createPostgresStore } from './store/postgres-store.ts'
import type { FailureCount, HistoryPeriod, HistoryQuery, Store, StoredJob, StoredShard } from './store/store.ts'

/** The jobs of an account in one project and region. */
export interface WatchedAccount {
  /** Identifies the account. All projects and regions of accounts with this name share one rate. */
  readonly name: string
  /** @default 'default' */
  readonly project?: string | undefined
  /** @default 'default' */
  readonly region?: string | undefined
  /** Clients by the name of their service. Create them with `retry: false`, so that retries count against `rate`. */
  readonly clients: Clients
  /** Which jobs to watch. @default all */
  readonly filter?: WatchFilter | undefined
  readonly interval?: Duration | undefined
  readonly maxInterval?: Duration | undefined
  /** Requests per second. All workers share this limit. @default 10 */
  readonly rate?: number | undefined
  /** How many requests may be sent at once after a pause. @default 20 */
  readonly burst?: number | undefined
}

export interface WatcherOptions {
  /** `postgres://…`, or the folder of an embedded database. Only one process can use an embedded database. */
  readonly database: string | Store
  readonly accounts: readonly WatchedAccount[]
  readonly sinks?: readonly Sink[] | undefined
  readonly rules?: readonly Rule[] | undefined
  /** Maximum number of shards that are polled at once. @default 8 */
  readonly concurrency?: number | undefined
  /** How long events are kept, in ms. Events that a sink has not delivered yet are kept longer. @default 7 days */
  readonly keepEvents?: number | undefined
  /** How long the history of jobs is kept, in ms. @default 90 days */
  readonly keepHistory?: number | undefined
  /** How long `stop()` waits for current runs before it aborts them, in ms. @default 10000 */
  readonly drainTimeout?: number | undefined
  /** Removes secrets from texts before they are stored. @default texts are stored as they are */
  readonly redact?: ((text: string) => string) | undefined
  readonly hooks?: WatcherHooks | undefined
  /** @default the system's clock. Its `now` must return epoch ms. */
  readonly clock?: Clock | undefined
}

/** Called by the watcher, for logs and metrics. They must not throw. */
export interface WatcherHooks {
  readonly onRun?: ((shard: string, result: RunResult & { readonly duration: number }) => void) | undefined
  readonly onDelivery?: ((sink: string, count: number, lag: number) => void) | undefined
  readonly onSinkFailure?: ((sink: string, error: unknown, isDeadLetter: boolean) => void) | undefined
  readonly onError?: ((error: unknown, place: string) => void) | undefined
}

/** Watches the jobs of many accounts. Several processes with the same database share the work. */
export interface Watcher {
  /** Creates or migrates the tables, and starts to poll and to deliver. */
  start(): Promise<void>
  /** Waits for the current runs, and closes the database. */
  stop(): Promise<void>
  /** Replaces accounts, sinks and rules without a restart. */
  reload(options: Pick<WatcherOptions, 'accounts' | 'sinks' | 'rules'>): Promise<void>
  /**
   * Yields events of all shards as they are stored, until the watcher stops or the loop ends. The iteration begins with new events,
   * unless `since` is set.
   */
  events(options?: { readonly since?: Date; readonly signal?: AbortSignal }): AsyncGenerator<WatcherEvent, void>
  /** Delivers the dead letters of a sink again, or all events since a time. Returns the number of delivered dead letters. */
  replay(sink: string, options?: { readonly since?: Date; readonly signal?: AbortSignal }): Promise<number>
  readonly query: WatcherQuery
}

export interface WatcherQuery {
  /** Shards with their progress and last error. */
  shards(): Promise<readonly StoredShard[]>
  /** The jobs that have not ended. */
  jobs(shard?: string): Promise<readonly (StoredJob & { readonly shard: string })[]>
  /** Returns the success rate and the durations (p50 and p95, in ms) of jobs, per job name and period. @default a period of one day */
  history(query?: HistoryQuery & { readonly period?: number }): Promise<readonly HistoryPeriod[]>
  /** The number of failures by reason, the most frequent first. */
  failures(query?: HistoryQuery): Promise<readonly FailureCount[]>
}

const day = 24 * 3_600_000
const defaultDrainTimeout = 10_000
const shardPollInterval = 500
const sinkPollInterval = 250
const maintenanceInterval = 600_000
const eventPollInterval = 500

const epochClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

/**
 * Creates a watcher. It polls nothing until `start()`.
 *
 * @throws ConfigurationError if two accounts or two sinks have the same name
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
  const { redact = (text: string) => text } = options
  const onError = (error: unknown, place: string) => hooks.onError?.(error, place)
  let sources = createSources(options)
  let sinks = createSinks(options.sinks)
  let opened: Store | undefined
  let workers: Worker[] = []
  const stopped = new AbortController()
  const cache = new Map()

  const getStore = (): Store => {
    if (!opened) throw new Error('The watcher has not been started. Call start() first.')
    return opened
  }

  const addRuns = async (store: Store) => {
    await store.addShards([...sources.values()], clock.now())
    for (const id of sources.keys()) await store.addRun('shards', id)
    for (const name of sinks.keys()) await store.addRun('sinks', name)
    await store.addRun('maintenance', 'cleanup')
  }

  const startWorkers = (store: Store): Worker[] => [
    startWorker({
      store,
      queue: 'shards',
      clock,
      concurrency,
      pollInterval: shardPollInterval,
      onError: (error, run) => onError(error, run?.key ?? 'shards'),
      async handle(run, signal) {
        const source = sources.get(run.key)
        // Another process with another configuration may know the shard.
        if (!source) return store.postponeRun(run, 10_000)
        const startedAt = clock.now()
        const result = await runShard(
          { store, now: clock.now, random: Math.random, cache, redact },
          source,
          run,
          signal,
        )
        hooks.onRun?.(run.key, { ...result, duration: clock.now() - startedAt })
      },
    }),
    startWorker({
      store,
      queue: 'sinks',
      clock,
      concurrency: 16,
      pollInterval: sinkPollInterval,
      onError: (error, run) => onError(error, run?.key ?? 'sinks'),
      async handle(run, signal) {
        const sink = sinks.get(run.key)
        if (!sink) return store.postponeRun(run, 10_000)
        const context = {
          store,
          now: clock.now,
          random: Math.random,
          redact,
          onDelivered: (count: number, last: { readonly time: number }) =>
            hooks.onDelivery?.(run.key, count, clock.now() - last.time),
          onFailure: (error: unknown, isDeadLetter: boolean) => hooks.onSinkFailure?.(run.key, error, isDeadLetter),
        }
        await deliverEvents(context, sink, run, signal)
      },
    }),
    startWorker({
      store,
      queue: 'maintenance',
      clock,
      concurrency: 1,
      pollInterval: 10_000,
      onError: error => onError(error, 'maintenance'),
      async handle(run) {
        const now = clock.now()
        await store.deleteOld({ events: now - keepEvents, history: now - keepHistory, sinks: [...sinks.keys()] })
        // Adds runs that are missing in the queue, for example because somebody has emptied it.
        await addRuns(store)
        await store.postponeRun(run, maintenanceInterval)
      },
    }),
  ]

  return {
    async start() {
      const { database } = options
      const store =
        typeof database === 'string'
          ? createPostgresStore({
              database: await openDatabase(database, error => onError(error, 'database')),
              onError: error => onError(error, 'queue'),
            })
          : database
      try {
        await store.start()
        opened = store
        await addRuns(store)
      } catch (error) {
        await store.stop().catch(() => {})
        throw error
      }
      workers = startWorkers(store)
    },
    async stop() {
      stopped.abort(new Error('The watcher was stopped.'))
      await Promise.all(workers.map(worker => worker.stop(options.drainTimeout ?? defaultDrainTimeout)))
      workers = []
      await opened?.stop()
      opened = undefined
    },
    async reload(changed) {
      const nextSources = createSources(changed)
      sinks = createSinks(changed.sinks)
      sources = nextSources
      if (opened) await addRuns(opened)
    },
    async *events({ since, signal } = {}) {
      const store = getStore()
      const positions = new Map<string, number>()
      if (!since) for (const { id, seq } of await store.listShards()) positions.set(id, seq)
      const ends = AbortSignal.any([stopped.signal, ...(signal ? [signal] : [])])
      while (!ends.aborted) {
        for (const { id, seq } of await store.listShards()) {
          while ((positions.get(id) ?? 0) < seq) {
            const events = await store.readEvents(id, positions.get(id) ?? 0, 100)
            if (events.length === 0) positions.set(id, seq)
            for (const event of events) {
              positions.set(id, event.seq)
              if (event.time >= (since?.getTime() ?? 0)) yield toWatcherEvent(event)
            }
          }
        }
        await clock.sleep(eventPollInterval, ends).catch(() => {})
      }
    },
    async replay(name, { since, signal = stopped.signal } = {}) {
      const sink = sinks.get(name)
      if (!sink) {
        const known = [...sinks.keys()].join(', ') || 'none'
        throw new ConfigurationError('sink', `Unknown sink "${name}". Configured sinks: ${known}.`)
      }
      if (since) await getStore().rewindSink(name, since.getTime())
      return replayDeadLetters(getStore(), sink, signal)
    },
    query: {
      shards: () => getStore().listShards(),
      jobs: shard => getStore().listJobs(shard),
      history: (query = {}) => getStore().readHistory({ period: day, ...query }),
      failures: (query = {}) => getStore().countFailures(query),
    },
  }
}

function createSinks(sinks: readonly Sink[] = []): Map<string, Sink> {
  const byName = new Map<string, Sink>()
  for (const sink of sinks) {
    if (byName.has(sink.name)) {
      throw new ConfigurationError('sinks', `Two sinks have the name "${sink.name}". Give each sink another name.`)
    }
    byName.set(sink.name, sink)
  }
  return byName
}

const defaultRate = 10
const defaultBurst = 20

/** Creates the shards of all accounts, by their IDs. */
function createSources({ accounts, rules = [] }: Pick<WatcherOptions, 'accounts' | 'rules'>): Map<string, ShardSource> {
  const sources = new Map<string, ShardSource>()
  for (const account of accounts) {
    const { name, project = 'default', region = 'default', filter = {}, interval, maxInterval } = account
    const { services, kinds, ...jobFilter } = filter
    for (const client of selectKinds(getClientJobKinds(account.clients), services, kinds)) {
      const { service, kind } = client
      const id = [name, project, region, service, kind].map(encodeURIComponent).join('/')
      if (sources.has(id)) {
        throw new ConfigurationError('accounts', `Two accounts have the shard ${id}. Give them other names.`)
      }
      sources.set(id, {
        id,
        account: name,
        project,
        region,
        service,
        kind,
        client,
        filter: jobFilter,
        interval,
        maxInterval,
        rate: account.rate ?? defaultRate,
        burst: account.burst ?? defaultBurst,
        rules,
      })
    }
  }
  return sources
}

const selectKinds = (
  all: readonly ClientJobKind[],
  services: readonly string[] | undefined,
  kinds: readonly string[] | undefined,
): ClientJobKind[] =>
  all.filter(
    ({ service, kind, rules }) =>
      rules.list !== undefined &&
      (services?.includes(service) ?? true) &&
      (kinds?.some(name => name === kind || name === `${service}:${kind}`) ?? true),
  )
