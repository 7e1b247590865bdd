import type { JobState } from '../generated/job-state.gen.ts'
import type { Job } from '../jobs/job.ts'

/** Values whose names follow OpenTelemetry's conventions for HTTP clients. `span.setAttributes` accepts them. */
export type Attributes = { readonly [name: string]: string | number | readonly string[] }

/**
 * An attempt is about to start. Attributes: `http.request.method`, `url.full`, `server.address`, `server.port`, `url.template` (the path
 * with the names of its parameters, absent in raw calls), `http.request.resend_count`, `http.request.header.<name>`.
 */
export interface RequestEvent {
  /** The operationId of the call. For a raw call, the method and the URL. */
  readonly operation: string
  /** Random ID of the call, 32 hexadecimal digits. The events of all attempts of a call have the same ID. */
  readonly callId: string
  readonly attributes: Attributes
  /** Request body as it is sent. Present if the option `bodies` is set. It can contain secrets. */
  readonly requestBody?: Uint8Array | undefined
}

/** The event of `onRequest`. */
export interface AttemptStartEvent extends RequestEvent {
  /**
   * Headers to add to the request, such as `traceparent`. `onRequest` must set them synchronously, before it returns or awaits a promise.
   * These headers are sent but not signed, so proxies may change them. A header is ignored if the request already has a header with this
   * name, or if the value cannot be sent.
   */
  readonly unsignedHeaders: Record<string, string>
}

/**
 * An attempt ended. Attributes: those of the request, `http.response.status_code`, `http.response.header.<name>`, and `error.type` if the
 * attempt failed.
 */
export interface ResponseEvent extends RequestEvent {
  /** Duration of the attempt, in milliseconds. */
  readonly duration: number
  /** Request ID. The vendor's support asks for it. */
  readonly requestId: string | undefined
  /**
   * Text of the response body as it was received, after decompression. Present if the option `bodies` is set and there was a complete
   * response. It can contain secrets.
   */
  readonly responseBody?: string | undefined
}

/** An attempt failed, and the next attempt is about to start. */
export interface RetryEvent extends ResponseEvent {
  /** Time since the failed attempt ended, in milliseconds. */
  readonly delay: number
}

/** A wait for a job starts. */
export interface WaitEvent {
  /** Name of the wait: `waitForBatch`, or `wait` for the wait of `@jobscope/jobs`. */
  readonly operation: string
  /** Random ID of the wait, 32 hexadecimal digits. All events of a wait have the same ID, even if the wait is for several jobs. */
  readonly waitId: string
  /** Short name of the service, or name of the client in `createJobs`: `dli`. */
  readonly service: string | undefined
  /** Kind of the job: `batch`. */
  readonly kind: string | undefined
  readonly jobId: string
}

/** A wait polled a job. */
export interface PollEvent extends WaitEvent {
  readonly job: Job
}

/**
 * How a wait ended.
 *
 * - `succeeded`: the job reached the state that the caller waits for.
 * - `job-failed`: the job failed, was canceled, or is in a state that it does not leave by itself.
 * - `timeout`: the timeout expired.
 * - `aborted`: the caller's signal aborted.
 * - `error`: a request failed.
 * - `stopped`: the wait for several jobs ended because of another job.
 */
export type WaitOutcome = 'succeeded' | 'job-failed' | 'timeout' | 'aborted' | 'error' | 'stopped'

/** A wait ended. */
export interface WaitEndEvent extends WaitEvent {
  readonly outcome: WaitOutcome
  /** State of the job in the last successful poll. `undefined` if no poll was successful. */
  readonly state: JobState | undefined
  /** Duration of the wait, in milliseconds. */
  readonly duration: number
  /** The error that the wait rejects with. */
  readonly error: unknown
}

/**
 * Callbacks for logs, metrics and traces.
 *
 * Header values are redacted, except the values of a few public headers and of the headers that `headers` lists. Query values are
 * redacted, except the values of the parameters that `query` lists. Bodies are passed on only if `bodies` is set. Errors that a callback
 * throws or rejects with are ignored.
 *
 * @example
 * const hooks: Hooks = {
 *   onResponse: ({ operation, duration, attributes }) => console.log(operation, attributes['http.response.status_code'], duration),
 * }
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, hooks })
 */
export interface Hooks {
  /** Called before each attempt. Can add headers. */
  onRequest?: ((event: AttemptStartEvent) => unknown) | undefined
  /** Called after each attempt. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined
  /** Called before the delay of each retry, with the event of the attempt that failed. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined
  /** Called when a wait starts. */
  onWaitStart?: ((event: WaitEvent) => unknown) | undefined
  /** Called after each successful poll of a wait. */
  onPoll?: ((event: PollEvent) => unknown) | undefined
  /** Called when a wait ends. */
  onWaitEnd?: ((event: WaitEndEvent) => unknown) | undefined
  /** Names of more headers whose values are shown. */
  headers?: readonly string[] | undefined
  /** Names of query parameters whose values are shown. */
  query?: readonly string[] | undefined
  /**
   * Adds the raw bodies of requests and responses to the events. Bodies can contain secrets, such as passwords and tokens.
   * @default false
   */
  bodies?: boolean | undefined
}

/** Calls a hook. Ignores errors that it throws or rejects with. */
export function callHook<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  const call = async () => hook?.(event)
  call().catch(() => {})
}
