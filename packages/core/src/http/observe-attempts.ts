import { redactHeaders, redactUrl } from '../errors/redact-attributes.ts'
import { createRandomId } from '../internal/random-id.ts'
import type { addHeaders } from './build-request.ts'
import type { Attributes, callHook, RequestEvent, ResponseEvent } from './hooks.ts'
import type { ApiResponse } from './messages.ts'
import type { Call, SendContext } from './send-context.ts'
import type { ValidatedCall } from './validate.ts'

/** The result of an attempt that got a response. */
export interface ObservedResult {
  readonly response: ApiResponse
  /** Text of the response body. */
  readonly text: string
}

export interface AttemptObserver {
  /** Runs an attempt and calls the hooks before and after it. `run` gets the headers that the hooks added. */
  <Result extends ObservedResult>(run: (unsignedHeaders: UnsignedHeaders) => Promise<Result>): Promise<Result>
  /** Calls the hook for a retry that starts after `delay` milliseconds. */
  onRetry(delay: number): void
}

/** Headers to add after the request is signed. */
export type UnsignedHeaders = Iterable<readonly [name: string, value: string]>

export interface ObserverContext {
  readonly call: Call
  readonly context: Pick<SendContext, 'hooks' | 'validate' | 'service'>
  /**
   * The caller passes `callHook` and `addHeaders`. This module is loaded on demand and must not import them (see `internal/observers.ts`).
   */
  readonly callHook: typeof callHook
  readonly addHeaders: typeof addHeaders
}

/** Creates the observer of one call. */
export function createAttemptObserver({ call, context, callHook, addHeaders }: ObserverContext): AttemptObserver {
  const { hooks = {}, validate, service } = context
  const { operation, request } = call
  const { onRequest, onResponse, onRetry, headers = [], query, bodies } = hooks
  const shownHeaders = [...headers, ...(service.errors.requestIdHeaders ?? [])]
  // A raw call is named after its URL, whose query may contain private values.
  const name = `${operation.split('?')[0]}`
  const callId = createRandomId()
  const requestBody = bodies && { requestBody: request.body }
  let attempt = 0
  let previous: ResponseEvent | undefined

  function describeRequest(): Attributes {
    const { hostname, port, protocol } = new URL(request.url)
    return {
      'http.request.method': request.method,
      'url.full': redactUrl(request.url, query),
      ...(call.path && { 'url.template': call.path }),
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'http:' ? 80 : 443),
      ...(attempt > 0 && { 'http.request.resend_count': attempt }),
      ...redactHeaders('http.request.header.', request.headers, shownHeaders),
    }
  }

  function describeResponse(response: ApiResponse | undefined, error: unknown): Attributes {
    return {
      ...(response && { 'http.response.status_code': response.status }),
      ...(response && redactHeaders('http.response.header.', response.headers, shownHeaders)),
      ...(error !== undefined && { 'error.type': getErrorType(response, error) }),
    }
  }

  const validated: ValidatedCall = {
    service: service.name,
    operation,
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
    isSafe: call.retryMode === 'safe',
  }

  const runWithHooks = async <Result extends ObservedResult>(
    run: (unsignedHeaders: UnsignedHeaders) => Promise<Result>,
  ): Promise<Result> => {
    const event: RequestEvent = { operation: name, callId, attributes: describeRequest(), ...requestBody }
    const unsignedHeaders: Record<string, string> = {}
    attempt++
    callHook(onRequest, { ...event, unsignedHeaders })
    const startedAt = performance.now()

    const end = (response: ApiResponse | undefined, error: unknown, text?: string) => {
      const endEvent: ResponseEvent = {
        ...event,
        duration: performance.now() - startedAt,
        requestId: response?.requestId,
        attributes: { ...event.attributes, ...describeResponse(response, error) },
        ...(bodies && { responseBody: text }),
      }
      previous = endEvent
      callHook(onResponse, endEvent)
    }

    try {
      const result = await run(readHeaders(unsignedHeaders, addHeaders))
      end(result.response, result.response.failure, result.text)
      return result
    } catch (error) {
      end(undefined, error)
      throw error
    }
  }

  const observe = async <Result extends ObservedResult>(
    run: (unsignedHeaders: UnsignedHeaders) => Promise<Result>,
  ): Promise<Result> => {
    await validate?.request(validated)
    const result = await runWithHooks(run)
    const { response, text } = result
    if (!response.failure) await validate?.response(validated, { status: response.status, text })
    return result
  }
  return Object.assign(observe, {
    onRetry(delay: number) {
      if (previous) callHook(onRetry, { ...previous, delay })
    },
  })
}

/** Reads the headers that a hook added, without those that cannot be sent. */
function readHeaders(
  headers: { readonly [name: string]: string },
  addHeaders: ObserverContext['addHeaders'],
): UnsignedHeaders {
  const valid = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    try {
      addHeaders(valid, { [name.toLowerCase()]: value })
    } catch {
      // Errors of hooks do not affect a call.
    }
  }
  return valid
}

/** Returns the value of `error.type`: the HTTP status of a failed response, else the class of the error. */
function getErrorType(response: ApiResponse | undefined, error: unknown): string {
  if (response && response.status > 299) return `${response.status}`
  return error instanceof Error ? error.name : 'aborted'
}
