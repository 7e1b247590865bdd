import type { Credentials } from '../auth/credentials.ts'
import type { Clock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import type { EndpointOptions } from './endpoint.ts'
import type { Hooks } from './hooks.ts'
import type { Sender } from './senders/sender.ts'
import type { Validate } from './validate.ts'

export interface ClientOptions extends EndpointOptions {
  /** Credentials of the caller: `token()`, `aksk()`, or your own. */
  credentials: Credentials
  /**
   * ID of the project whose jobs are used. The client inserts this ID into paths as `{project_id}`, and sends and signs it as
   * `X-Project-Id`.
   */
  projectId: string | undefined
  /** Timeout of a whole call, including retries and the delays between them. @default '60s' */
  timeout?: Duration | undefined
  /** Timeout of one attempt, including its body. @default '30s' */
  attemptTimeout?: Duration | undefined
  /** Maximum number of retries of a call that may be retried. `false` disables retries. @default 3 */
  retry?: number | false | undefined
  /**
   * Maximum size of a response body in bytes, after decompression. If a body is larger, the call rejects with a ResponseError, and the
   * connection is closed. The value may be at most 500 MiB, because a JavaScript string cannot be much longer.
   *
   * @default 67_108_864 (64 MiB)
   */
  maxResponseBytes?: number | undefined
  /**
   * Sends the requests. Pass your own function for a proxy, a private certificate authority, or a test.
   *
   * @default In Node.js, `node:http` and `node:https` with their global agents send the requests. In other runtimes, or if
   * `globalThis.fetch` was replaced, `globalThis.fetch` sends them.
   */
  fetch?: typeof fetch | undefined
  /** Sends the requests instead of `fetch`. Pass the result of `createUndiciSender()` from `@jobscope/core/undici`. */
  sender?: Sender | undefined
  /** Callbacks for each attempt, each retry and each poll of a wait. */
  hooks?: Hooks | undefined
  /**
   * Compares requests and responses with the spec. Pass the result of `validator()` from `@jobscope/contract/validate`.
   *
   * @default no validation
   */
  validate?: Validate | undefined
  /** Replaces the system's clock in tests. */
  clock?: Clock | undefined
}

/** Options of a single call. */
export interface CallOptions {
  /** Aborts the call. The call then rejects with `signal.reason` at once. */
  signal?: AbortSignal | undefined
  /** Timeout of the whole call, including retries and the delays between them. @default the timeout of the client */
  timeout?: Duration | undefined
  /** Additional request headers. */
  headers?: Record<string, string> | undefined
  /** Maximum number of retries if the call may be retried. `false` disables retries. @default the number of the client */
  retry?: number | false | undefined
  /**
   * What to do if a request that creates a job gets no response. `findOrCreate` searches for the job by its name before it
   * sends the request again.
   *
   * @default the call rejects with an error whose `mayHaveHappened` is true
   */
  idempotency?: Idempotency | undefined
}

/** Makes a call that creates a job, and ensures that the job is not created twice. `findOrCreate` has this type. */
export type Idempotency = (call: IdempotentCall) => Promise<unknown>

/** The call that is passed to an `Idempotency`. */
export interface IdempotentCall {
  /** The client. Its methods are named after the operations. */
  readonly client: object
  readonly operation: string
  readonly args: { readonly [name: string]: unknown } | undefined
  /** Options of the call, without `idempotency`. */
  readonly callOptions: CallOptions
  /** Options of the client. */
  readonly clientOptions: ClientOptions
}
