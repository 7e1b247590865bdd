import type { WatcherEvent } from './engine/job-event.ts'
import type { FailureCount, HistoryPeriod, HistoryQuery, StoredJob, StoredShard } from './store/store.ts'
import type { WatcherOptions } from './watcher-options.ts'

/** Watches the jobs of many accounts. Several processes with the same database share the work. */
export interface Watcher {
  /** Creates or migrates the tables, and starts to poll jobs and to deliver events. */
  start(): Promise<void>
  /** Waits for the current runs, and closes the database. */
  stop(): Promise<void>
  /** Replaces accounts, sinks and rules without a restart. If the call rejects, the old ones stay in use. */
  reload(options: Pick<WatcherOptions, 'accounts' | 'sinks' | 'rules'>): Promise<void>
  /**
   * Yields the events of all shards soon after they are stored, until the watcher stops or `signal` aborts. The iteration begins with the
   * events since `since`. Without `since`, it begins with new events.
   */
  events(options?: { readonly since?: Date; readonly signal?: AbortSignal }): AsyncGenerator<WatcherEvent, void>
  /**
   * Delivers the dead letters of a sink again, and returns their number. With `since`, the watcher also delivers all events since
   * this time to the sink again, but does not count them. The call waits for these deliveries.
   *
   * @throws AggregateError if deliveries failed. The other dead letters and events were delivered nevertheless
   */
  replay(sink: string, options?: { readonly since?: Date; readonly signal?: AbortSignal }): Promise<number>
  readonly query: WatcherQuery
}

export interface WatcherQuery {
  /** The shards of the current configuration with their progress and last error. */
  shards(): Promise<readonly StoredShard[]>
  /** The jobs of the current configuration that have not ended. */
  jobs(shard?: string): Promise<readonly (StoredJob & { readonly shard: string })[]>
  /** Returns the success rate and the durations (p50 and p95, in ms) of jobs, per job name and period. By default, a period is one day. */
  history(query?: HistoryQuery & { readonly period?: number }): Promise<readonly HistoryPeriod[]>
  /** The number of failures for each reason. The most frequent reason comes first. */
  failures(query?: HistoryQuery): Promise<readonly FailureCount[]>
}
