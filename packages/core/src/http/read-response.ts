import { ResponseError } from '../errors/response-error.ts'
import type { ApiResponse, ResponseHead } from './messages.ts'
import { readFailure, readRequestId } from './read-failure.ts'
import type { Call, SendContext } from './send-context.ts'
import type { SenderResponse } from './senders/sender.ts'

type ServiceRules = SendContext['service']

/**
 * Parses a response and determines whether it is a failure. The body of a failure still contains what the server quoted of the request.
 *
 * @throws ResponseError if the response is a redirect or a switch to another protocol
 */
export function readResponse(
  { status, headers, text }: SenderResponse,
  call: Call,
  service: ServiceRules,
): ApiResponse {
  const { operation } = call
  // A browser reports a redirect that it did not follow with status 0.
  if (status < 200 || (status >= 300 && status < 400)) {
    const problem = status === 101 ? 'The server switched to another protocol' : 'Redirects are not followed'
    const details = { status, mayHaveHappened: false, isTransient: false }
    throw new ResponseError(operation, `${problem} (HTTP ${status}).`, details)
  }
  // The empty text is not JSON, so a response whose body is missing becomes a failure.
  const isEmpty = !text.trim() && !isBodyRequired(status, call)
  return createResponse({ status, headers }, isEmpty ? undefined : parseBody(service.json ?? JSON, text), call, service)
}

/** Determines whether a response with a parsed body is a failure. */
export function createResponse(
  { status, headers }: ResponseHead,
  body: unknown,
  { operation }: Call,
  { errors }: ServiceRules,
): ApiResponse {
  const requestId = readRequestId(errors, { headers, body })
  const response = { status, headers, requestId, body }
  return { ...response, failure: readFailure(operation, errors, response) }
}

/** Returns whether a success without a body has lost it. 204 and 205 say that there is none. */
function isBodyRequired(status: number, { request, retryMode, hasResponseBody }: Call): boolean {
  const isRead = retryMode === 'safe' && request.method !== 'HEAD'
  return (hasResponseBody ?? isRead) && [200, 201, 202].includes(status)
}

/** Parses JSON. Returns a text that is not JSON as it is. */
function parseBody(json: { parse(text: string): unknown }, text: string): unknown {
  try {
    return json.parse(text)
  } catch {
    return text
  }
}
