import { redactHeaders, redactUrl } from '../errors/redact-attributes.ts'
import type { Attributes, callHook, Hooks, ResponseEvent } from './hooks.ts'
import type { ApiResponse } from './messages.ts'
import type { Call } from './send-context.ts'
import type { ErrorRules } from './service.ts'

/** Runs an attempt and calls the hooks before and after it. */
export type AttemptObserver = <Result extends { readonly response: ApiResponse }>(
  run: () => Promise<Result>,
) => Promise<Result>

export interface ObserverContext {
  readonly call: Call
  readonly hooks: Hooks
  readonly rules: ErrorRules
  /** Passed in, because this module is loaded on demand: bundlers without code splitting cannot remove unused code from its imports. */
  readonly callHook: typeof callHook
}

/** Creates the observer of one call. */
export function createAttemptObserver({ call, hooks, rules, callHook }: ObserverContext): AttemptObserver {
  const { operation, request } = call
  const { onRequest, onResponse, onRetry, headers = [], query } = hooks
  const shownHeaders = [...headers, ...(rules.requestIdHeaders ?? [])]
  // A raw call is named after its URL, whose query may contain private values.
  const name = `${operation.split('?')[0]}`
  const callId = createCallId()
  let attempt = 0
  let previous: { readonly event: ResponseEvent; readonly endedAt: number } | undefined

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

  return async run => {
    const attributes = describeRequest()
    attempt++
    if (previous) callHook(onRetry, { ...previous.event, delay: performance.now() - previous.endedAt })
    callHook(onRequest, { operation: name, callId, attributes })
    const startedAt = performance.now()

    const end = (response: ApiResponse | undefined, error: unknown) => {
      const endedAt = performance.now()
      const event: ResponseEvent = {
        operation: name,
        callId,
        duration: endedAt - startedAt,
        requestId: response?.requestId,
        attributes: { ...attributes, ...describeResponse(response, error) },
      }
      previous = { event, endedAt }
      callHook(onResponse, event)
    }

    try {
      const result = await run()
      end(result.response, result.response.failure)
      return result
    } catch (error) {
      end(undefined, error)
      throw error
    }
  }
}

/** Creates 32 random hexadecimal digits, as in a trace ID of OpenTelemetry. */
const createCallId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

/** Returns the value of `error.type`: the HTTP status of a failed response, else the class of the error. */
function getErrorType(response: ApiResponse | undefined, error: unknown): string {
  if (response && response.status > 299) return `${response.status}`
  return error instanceof Error ? error.name : 'aborted'
}
