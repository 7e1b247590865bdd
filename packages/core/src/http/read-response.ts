import { ResponseError } from '../errors/response-error.ts'
import type { HeaderMap } from './header-map.ts'
import type { ApiResponse } from './messages.ts'
import { readFailure, readRequestId } from './read-failure.ts'
import type { Call, SendContext } from './send-context.ts'
import type { SenderResponse } from './senders/sender.ts'

export interface ReadContext {
  readonly call: Call
  readonly service: SendContext['service']
  /** The headers that were sent, including those that the credentials added. */
  readonly sentHeaders: HeaderMap
}

/**
 * Parses a response and determines whether it is a failure.
 *
 * @throws ResponseError if the response is a redirect
 */
export function readResponse({ status, headers, text }: SenderResponse, context: ReadContext): ApiResponse {
  const { call, service, sentHeaders } = context
  const { operation, request, retryMode } = call
  // A browser reports a redirect that it did not follow with status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    throw new ResponseError(operation, `Redirects are not followed (HTTP ${status}).`, { status })
  }
  // A 200 without a body has lost it, if the request only reads. The empty text is not JSON, so the response becomes a failure.
  const isEmpty = text === '' && !(retryMode === 'safe' && status === 200)

  const withBody = (body: unknown): ApiResponse => {
    const requestId = readRequestId(service.errors, { headers, body })
    const response = { status, headers, requestId, body }
    return { ...response, failure: readFailure(operation, service.errors, response) }
  }
  const response = withBody(isEmpty ? undefined : parseBody(service.json ?? JSON, text))
  if (!response.failure || !service.redact) return response
  // A server that rejects a request may quote it, including its secrets. The error must not contain them.
  const bodySecrets = service.errors.findSecrets?.(request.body)
  return withBody(service.redact(response.body, { sentHeaders, ownHeaders: request.headers, bodySecrets }))
}

/** Parses JSON. Returns a text that is not JSON as it is. */
function parseBody(json: { parse(text: string): unknown }, text: string): unknown {
  try {
    return json.parse(text)
  } catch {
    return text
  }
}
