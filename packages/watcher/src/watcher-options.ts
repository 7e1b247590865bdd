import type { Clock, Duration } from '@jobscope/core'
import type { Clients, WatchFilter } from '@jobscope/jobs'
import type { Rule } from './engine/rules.ts'
import type { RunResult } from './engine/run-shard.ts'
import type { Sink } from './sinks/sink.ts'
import type { Store } from './store/store.ts'

/** The jobs of an account in one project and region. */
export interface WatchedAccount {
  /** Identifies the account. All projects and regions of accounts with this name share one rate limit. */
  readonly name: string
  /** @default 'default' */
  readonly project?: string | undefined
  /** @default 'default' */
  readonly region?: string | undefined
  /**
   * Clients by the name of their service. Create them with `retry: false`, because the retries of a client do not count against `rate`.
   * The watcher repeats failed polls itself.
   */
  readonly clients: Clients
  /** Which jobs to watch. @default all */
  readonly filter?: WatchFilter | undefined
  readonly interval?: Duration | undefined
  readonly maxInterval?: Duration | undefined
  /** Requests per second. All workers, and all accounts with this name, share this limit and must set the same value. @default 10 */
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
  /** How long the history of jobs and the dead letters are kept, in ms. @default 90 days */
  readonly keepHistory?: number | undefined
  /** How long `stop()` waits for current runs before it aborts them, in ms. @default 10000 */
  readonly drainTimeout?: number | undefined
  /** Removes secrets from texts before they are stored. @default texts are stored as they are */
  readonly redact?: ((text: string) => string) | undefined
  readonly hooks?: WatcherHooks | undefined
  /** The clock of the watcher. Its `now` must return epoch ms. @default the system's clock */
  readonly clock?: Clock | undefined
}

/** Functions that the watcher calls, for logs and metrics. These functions must not throw. */
export interface WatcherHooks {
  readonly onRun?: ((shard: string, result: RunResult & { readonly duration: number }) => void) | undefined
  /** Called after a delivery, once for each poll that has detected some of its events. `lag` is the time since this poll, in ms. */
  readonly onDelivery?: ((sink: string, count: number, lag: number) => void) | undefined
  readonly onSinkFailure?: ((sink: string, error: unknown, isDeadLetter: boolean) => void) | undefined
  readonly onError?: ((error: unknown, place: string) => void) | undefined
}
