import type { Job } from '../jobs/job.ts'

/** Values by the names of OpenTelemetry's conventions for HTTP clients. `span.setAttributes` accepts them. */
export type Attributes = { readonly [name: string]: string | number | readonly string[] }

/**
 * An attempt is about to start. Attributes: `http.request.method`, `url.full`, `server.address`, `server.port`,
 * `url.template` (the path with the names of its parameters; not in raw calls), `http.request.resend_count`, `http.request.header.<name>`.
 */
export interface RequestEvent {
  /** operationId, or method and URL of a raw call. */
  readonly operation: string
  /** Random ID of the call, 32 hexadecimal digits. The events of all attempts of a call have the same ID. */
  readonly callId: string
  readonly attributes: Attributes
}

/**
 * An attempt ended. Attributes: those of the request, `http.response.status_code`, `http.response.header.<name>`, and `error.type` if
 * it failed.
 */
export interface ResponseEvent extends RequestEvent {
  /** Duration of the attempt, in milliseconds. */
  readonly duration: number
  /** Request ID. The vendor's support asks for it. */
  readonly requestId: string | undefined
}

/** An attempt failed, and the next one is about to start. */
export interface RetryEvent extends ResponseEvent {
  /** Time since the failed attempt ended, in milliseconds. */
  readonly delay: number
}

/** A wait polled a job. */
export interface PollEvent {
  /** Name of the wait: `waitForBatch`. */
  readonly operation: string
  readonly job: Job
}

/**
 * Callbacks for logs, metrics and traces.
 *
 * Header values are redacted except for a few public headers and those named in `headers`. Query values are redacted except for
 * those named in `query`. Bodies are never passed on. Errors that a callback throws or rejects with are ignored.
 *
 * @example
 * const hooks: Hooks = {
 *   onResponse: ({ operation, duration, attributes }) => console.log(operation, attributes['http.response.status_code'], duration),
 * }
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, hooks })
 */
export interface Hooks {
  /** Called before each attempt. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined
  /** Called after each attempt. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined
  /** Called before each attempt after the first, with the event of the failed attempt. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined
  /** Called after each successful poll of a wait. */
  onPoll?: ((event: PollEvent) => unknown) | undefined
  /** Names of more headers whose values are shown. */
  headers?: readonly string[] | undefined
  /** Names of query parameters whose values are shown. */
  query?: readonly string[] | undefined
}

/** Calls a hook. Ignores errors that it throws or rejects with. */
export function callHook<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  const call = async () => hook?.(event)
  call().catch(() => {})
}
