import { redactHeaders, redactUrl } from '../errors/redact-request.ts'
import type { Job } from '../jobs/job.ts'
import type { ApiRequest, ApiResponse } from './attempts.ts'
import type { Happening, Hooks } from './hooks.ts'

/** Values by the names that OpenTelemetry's conventions for HTTP clients give them; `span.setAttributes` takes them as they are. */
export type Attributes = { readonly [name: string]: string | number | readonly string[] }

/** An attempt is about to be made. Its attributes: `http.request.method`, `url.full`, `server.address`, `server.port`, `http.request.resend_count`, `http.request.header.<name>`. */
export interface RequestEvent {
  /** operationId, or method and URL of a raw call. */
  readonly operation: string
  readonly attributes: Attributes
}

/** An attempt has ended. Beside those of the request it has `http.response.status_code`, `http.response.header.<name>`, and `error.type` if it failed. */
export interface ResponseEvent extends RequestEvent {
  /** How long it took, in ms. */
  readonly duration: number
  /** What to give to the vendor's support. */
  readonly requestId: string | undefined
}

/** An attempt failed, and the next one is about to be made. */
export interface RetryEvent extends ResponseEvent {
  /** What was waited since, in ms. */
  readonly delay: number
}

/** A wait has looked at a job. */
export interface PollEvent {
  /** Name of the wait: `waitForBatch`. */
  readonly operation: string
  readonly job: Job
}

export interface ObserveOptions {
  onRequest?: ((event: RequestEvent) => unknown) | undefined
  onResponse?: ((event: ResponseEvent) => unknown) | undefined
  onRetry?: ((event: RetryEvent) => unknown) | undefined
  onPoll?: ((event: PollEvent) => unknown) | undefined
  /** Headers whose values are shown besides the harmless ones. */
  headers?: readonly string[] | undefined
  /** Names in the query whose values are shown; the others' are not. */
  query?: readonly string[] | undefined
}

/**
 * Hooks for logs, metrics and traces: the option `hooks` of a client.
 *
 * Only the values of headers that are known to be harmless are shown, and of a query none, but for those that `headers` and
 * `query` name; the others are `REDACTED`. Bodies are never shown. What a hook throws, or rejects with, is ignored: it cannot break a call.
 *
 * @example
 * const hooks = observe({
 *   onResponse: ({ operation, duration, attributes }) => console.log(operation, attributes['http.response.status_code'], duration),
 * })
 * const dli = createDliClient({ region: 'eu-de', cloud: 'otc', projectId, credentials, hooks })
 */
export function observe({ headers, query, ...on }: ObserveOptions): Hooks {
  /** How the attempt before ended, and when: a call is told by its request. */
  const ended = new WeakMap<ApiRequest, { event: ResponseEvent; at: number }>()

  function hooks(look: Happening): undefined
  function hooks(attempt: Happening, send: () => Promise<ApiResponse>): Promise<ApiResponse>
  function hooks({ operation: name, request, attempt = 0, job }: Happening, send?: () => Promise<ApiResponse>) {
    // The URL of a raw call has its query.
    const operation = `${name.split('?')[0]}`
    if (job) quietly(on.onPoll, { operation, job })
    return request && send && attempted(operation, request, attempt, send)
  }

  async function attempted(operation: string, request: ApiRequest, attempt: number, send: () => Promise<ApiResponse>) {
    const { hostname, port, protocol } = new URL(request.url)
    const attributes: Attributes = {
      'http.request.method': request.method,
      'url.full': redactUrl(request.url, query),
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'http:' ? 80 : 443),
      ...(attempt > 0 && { 'http.request.resend_count': attempt }),
      ...redactHeaders('http.request.header.', request.headers, headers),
    }
    const before = ended.get(request)
    if (before) quietly(on.onRetry, { ...before.event, delay: performance.now() - before.at })
    quietly(on.onRequest, { operation, attributes })
    const began = performance.now()
    const end = (answer: ApiResponse | undefined, error: unknown) => {
      const at = performance.now()
      const event: ResponseEvent = {
        operation,
        duration: at - began,
        requestId: answer?.headers.get('x-request-id') ?? (error as { requestId?: string } | undefined)?.requestId,
        attributes: {
          ...attributes,
          ...(answer && { 'http.response.status_code': answer.status }),
          ...(answer && redactHeaders('http.response.header.', answer.headers, headers)),
          ...(error !== undefined && { 'error.type': typeOf(answer, error) }),
        },
      }
      ended.set(request, { event, at })
      quietly(on.onResponse, event)
    }
    try {
      const answer = await send()
      end(answer, answer.failure)
      return answer
    } catch (error) {
      end(undefined, error)
      throw error
    }
  }

  return hooks
}

/** `error.type` is the status where there is one, else what kind of error it is. */
const typeOf = (answer: ApiResponse | undefined, error: unknown) =>
  answer && answer.status > 299 ? `${answer.status}` : error instanceof Error ? error.name : 'aborted'

/** Calls a hook at once; what it throws, now or later, is its own affair. */
const quietly = <Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void => {
  const call = async () => hook?.(event)
  call().catch(() => {})
}
