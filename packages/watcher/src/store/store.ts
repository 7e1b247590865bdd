import type { PollRound, ScanState } from '@jobscope/jobs'

/** A unit of polling. It contains the jobs of one kind that belong to one account, one project and one region. */
export interface ShardDefinition {
  /** For example `production/p1/eu-de/dli/batch`. */
  readonly id: string
  readonly account: string
  readonly project: string
  readonly region: string
  readonly service: string
  readonly kind: string
}

/** A shard as it is stored. Times are epoch ms. */
export interface StoredShard extends ShardDefinition {
  /**
   * The number of committed runs of the shard. A run is committed only if this version has not changed since the run loaded the
   * shard.
   */
  readonly version: number
  /** The number of the last event. The events of a shard have no gaps. */
  readonly seq: number
  readonly createdAt: number
  readonly progress: ShardProgress
}

/** The result of the last run of a shard, and those parts of its poll state that are not stored per job. */
export interface ShardProgress {
  readonly scan?: ScanState
  readonly round?: PollRound
  readonly failuresInRow?: number
  readonly newestTime?: number
  readonly oldBefore?: number
  readonly polledAt?: number
  readonly nextDue?: number
  readonly lastError?: string
  /** The number of requests of the last run. The next run requests one rate-limit token more than this number. */
  readonly requests?: number
  /** For each rule of the type `missing`, the last day that was checked. Before the first check, this is the first day of the rule. */
  readonly checkedDays?: { readonly [ruleKey: string]: string }
  /** For each rule of the type `missing`, the last days on which jobs that match the rule were created. */
  readonly seenDays?: { readonly [ruleKey: string]: readonly string[] }
}

/** A job of a shard. Times are epoch ms. */
export interface StoredJob {
  readonly ref: string
  /** Whether the job is polled. Jobs that have ended or do not match the filter are not polled. */
  readonly watched: boolean
  readonly createdAt: number | undefined
  readonly state: string
  readonly rawState: string
  readonly data: StoredJobData
}

export interface StoredJobData {
  readonly name?: string
  readonly startedAt?: number
  /** Whether the job was started again after it had ended. */
  readonly isRestarted?: boolean
  readonly stateEnteredAt?: number
  readonly stateTime?: number
  readonly polledAt?: number
  readonly nextPollAt?: number
  readonly failuresInRow?: number
  readonly list?: number
  readonly page?: number
  /** The rules that have reported the job, so that each rule reports the job only once. */
  readonly alerts?: readonly string[]
}

/** An event before it has a number. */
export interface NewEvent {
  readonly ref: string
  /** For example `ended`, or `rule.stuck`. */
  readonly type: string
  /** Epoch ms. */
  readonly time: number
  readonly data: Readonly<Record<string, unknown>>
}

export interface StoredEvent extends NewEvent {
  readonly shard: string
  readonly seq: number
}

/** A job that has ended. */
export interface HistoryEntry {
  readonly ref: string
  readonly name: string | undefined
  readonly state: string
  readonly reason: string | undefined
  /** Epoch ms. */
  readonly endedAt: number
  /** The run time in ms. */
  readonly duration: number | undefined
}

/** The changes of a run of a shard. All changes are written in one transaction. */
export interface ShardCommit {
  /** The version of the shard when the run loaded it. */
  readonly version: number
  readonly progress: ShardProgress
  readonly saveJobs: readonly StoredJob[]
  readonly removeJobs: readonly string[]
  readonly events: readonly NewEvent[]
  readonly history: readonly HistoryEntry[]
  /** When the next run is due, in ms from now. */
  readonly nextIn: number
}

/** The queues of the store. A queue has at most one run for each key. */
export type QueueName = 'shards' | 'sinks' | 'maintenance'

/** A run that a worker has fetched. The run belongs to the worker as long as `keepRuns` returns the run. */
export interface Run {
  readonly queue: QueueName
  /** The ID of a shard or the name of a sink. The ID of a shard begins with its account. */
  readonly key: string
  /** Identifies the attempt. If a worker loses the run, the next attempt gets another value. */
  readonly attempt: string
}

/** The position of a sink in the events of a shard. */
export interface SinkPosition {
  readonly shard: string
  /** The last event that was delivered or became a dead letter. */
  readonly seq: number
  /** How many deliveries have failed since the last successful delivery. */
  readonly failures: number
  /** When the first of these deliveries failed, in epoch ms. */
  readonly failingSince: number | undefined
  /** Before this time, the sink does not try to deliver events of this shard, in epoch ms. */
  readonly retryAt: number | undefined
  /** How many times the receiver has rejected the next event. Only deliveries of this event alone count. */
  readonly rejections: number
  /** The last event of a batch whose delivery failed. Up to this event, the events are delivered one by one. */
  readonly batchEnd: number | undefined
}

/** Returns the position of a sink whose last delivery did not fail. */
export const createPosition = (shard: string, seq: number): SinkPosition => ({
  shard,
  seq,
  failures: 0,
  failingSince: undefined,
  retryAt: undefined,
  rejections: 0,
  batchEnd: undefined,
})

export interface DeadLetter {
  readonly event: StoredEvent
  readonly error: string
}

export interface TokenRequest {
  readonly account: string
  readonly count: number
  /** Rate-limit tokens per second. Each request uses one token. */
  readonly rate: number
  /** Maximum number of tokens that can accumulate. */
  readonly burst: number
}

export interface HistoryQuery {
  /** Epoch ms. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Only jobs with this name. */
  readonly name?: string | undefined
  readonly shard?: string | undefined
}

/** Jobs of one name that ended in one period. */
export interface HistoryPeriod {
  readonly name: string | undefined
  /** The start of the period, in epoch ms. */
  readonly from: number
  readonly count: number
  readonly succeeded: number
  /** Durations in ms. */
  readonly p50: number | undefined
  readonly p95: number | undefined
}

export interface FailureCount {
  readonly reason: string | undefined
  readonly count: number
}

/** The account in the ID of a shard. Names of accounts are encoded, so they contain no slash. */
export const getAccountPart = (shard: string): string => shard.split('/')[0] ?? ''

/** A run was not committed, because another worker has taken over its shard. */
export class StaleRunError extends Error {
  override readonly name = 'StaleRunError'
}

export const createMovedSinkError = (sink: string): StaleRunError =>
  new StaleRunError(`The position of the sink ${sink} was changed by another process.`)

/**
 * Stores the state that several watchers share. Each method is one transaction. All implementations pass the tests of
 * `test/store-contract.ts`.
 */
export interface Store {
  /** Creates or migrates the tables. */
  start(): Promise<void>
  stop(): Promise<void>

  /** Adds a run that is due now, unless the queue already contains a run for the key. */
  addRun(queue: QueueName, key: string): Promise<void>
  /** Fetches runs that are due, except the runs of `exceptAccounts`. */
  fetchRuns(queue: QueueName, count: number, exceptAccounts?: readonly string[]): Promise<readonly Run[]>
  /** Extends the leases of runs of one queue. Returns the runs that still belong to the worker. */
  keepRuns(runs: readonly Run[]): Promise<readonly Run[]>
  /** Ends a run, and adds the next run for its key. Does nothing if another worker has taken over the run. */
  postponeRun(run: Run, nextIn: number): Promise<void>
  /** Ends a run and schedules no further run. */
  removeRun(run: Run): Promise<void>

  /** Adds the shards that are not stored yet. */
  addShards(shards: readonly ShardDefinition[], now: number): Promise<void>
  listShards(): Promise<readonly StoredShard[]>
  loadShard(id: string): Promise<StoredShard | undefined>
  /** Loads the watched jobs, and all other jobs except those that were created before `oldBefore`. */
  loadJobs(shard: string, oldBefore: number | undefined): Promise<readonly StoredJob[]>
  /**
   * Writes the results of a run, and adds the next run.
   *
   * @throws StaleRunError if the version has changed, or if another worker has taken over the run. In both cases, nothing was written
   */
  commitRun(run: Run, commit: ShardCommit): Promise<void>

  /**
   * Takes up to `count` rate-limit tokens of an account. `taken` is the number of tokens that were taken. If no
   * token was available, `wait` is the time until the next token, in ms.
   */
  takeTokens(request: TokenRequest): Promise<{ readonly taken: number; readonly wait: number }>
  /** Gives back rate-limit tokens that were not used. */
  returnTokens(account: string, count: number): Promise<void>

  /** Returns the positions of a sink in all shards that have events which the sink has not delivered yet. Deleted events do not count. */
  listPositions(sink: string): Promise<readonly SinkPosition[]>
  readEvents(shard: string, after: number, limit: number): Promise<readonly StoredEvent[]>
  /**
   * Saves the position of a sink in a shard.
   *
   * @param previousSeq the position before the delivery
   * @throws StaleRunError if the position has changed, because another worker delivers the events or `rewindSink` was called. In this
   *   case, nothing was written
   */
  savePosition(sink: string, position: SinkPosition, previousSeq: number): Promise<void>
  /** Stores an event that could not be delivered, and saves the position of the sink as `savePosition` does. */
  addDeadLetter(sink: string, letter: DeadLetter, position: SinkPosition, previousSeq: number): Promise<void>
  listDeadLetters(sink: string): Promise<readonly DeadLetter[]>
  removeDeadLetter(sink: string, shard: string, seq: number): Promise<void>
  /**
   * Moves the positions of a sink back to the time `since`. The sink then delivers all later events again. Also ends the pauses of
   * the sink after failures.
   */
  rewindSink(sink: string, since: number): Promise<void>

  /** Returns success rates and durations by name and period. */
  readHistory(query: HistoryQuery & { readonly period: number }): Promise<readonly HistoryPeriod[]>
  /** Returns the most frequent reasons of failures. */
  countFailures(query: HistoryQuery): Promise<readonly FailureCount[]>
  listJobs(shard?: string): Promise<readonly (StoredJob & { readonly shard: string })[]>

  /** Deletes events, ended jobs and history that are older than these times. Events that a sink has not delivered yet are kept. */
  deleteOld(before: {
    readonly events: number
    /** Also applies to dead letters. */
    readonly history: number
    readonly sinks: readonly string[]
  }): Promise<void>
}
