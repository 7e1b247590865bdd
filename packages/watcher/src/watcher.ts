import type { WatcherEvent } from './engine/job-event.ts'
import type { FailureCount, HistoryPeriod, HistoryQuery, StoredJob, StoredShard } from './store/store.ts'
import type { WatcherOptions } from './watcher-options.ts'

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
  /** The number of failures for each reason. The most frequent reason comes first. */
  failures(query?: HistoryQuery): Promise<readonly FailureCount[]>
}
