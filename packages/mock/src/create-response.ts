import type { IHttpRequest } from '@stoplight/prism-http'
import { findAcceptError } from './accept.ts'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import type { Fault } from './faults/fault-rule.ts'
import { JSON_HEADERS, type MockResponse } from './mock-response.ts'
import type { NextResponse } from './next-response.ts'
import { parseBody, type RequestHead } from './parse-request.ts'
import { type Preferences, parsePrefer } from './prefer.ts'
import type { RoutedRequest } from './router.ts'
import type { OperationRequest } from './service.ts'

export interface ResponseInput {
  readonly head: RequestHead
  /** `undefined` if the body is longer than `bodyLimit`. */
  readonly body: Buffer | undefined
  /** In bytes. */
  readonly bodyLimit: number
  readonly requestId: string
  readonly fault: Fault | undefined
  /** The response that `respondOnce` set for this call. */
  readonly next?: NextResponse | undefined
  readonly onViolation?: OperationRequest['onViolation']
}

/** Creates the response to a routed request. */
export async function createResponse(routed: RoutedRequest, input: ResponseInput): Promise<MockResponse> {
  const { head, body, bodyLimit, requestId, fault, next, onViolation } = input
  if ('error' in routed) {
    const { status, headers } = routed.error
    const errorBody = routed.service.errorBodies.forGateway(routed.error, requestId)
    return { status, headers: { ...JSON_HEADERS, ...headers }, body: errorBody }
  }

  const content = body === undefined ? bodyTooLong(bodyLimit) : parseBody(head, body)
  const tooManyParameters = Object.keys(head.query).length > MAX_QUERY_PARAMETERS
  const error =
    ('message' in content ? content : undefined) ??
    findAcceptError(head.headers['accept'], routed.operation) ??
    (tooManyParameters ? invalidRequest(`The query has more than ${MAX_QUERY_PARAMETERS} parameters.`) : undefined)
  // Prism chooses the media type. It throws for some values of Accept, and sends an empty body for others.
  const headers: Record<string, string> = { ...head.headers, accept: '*/*' }
  // Prism validates the type of a body only if there is a Content-Length, which a streamed body does not have.
  if (body && body.length > 0) headers['content-length'] = String(body.length)
  // Prism throws if `Content-Type` is not a media type, even if there is no body.
  if (error || body?.length === 0) {
    delete headers['content-type']
    delete headers['content-length']
  }
  const request: IHttpRequest = {
    method: head.method.toLowerCase() as IHttpRequest['method'],
    url: { path: routed.path, query: tooManyParameters ? {} : { ...head.query } },
    headers,
    ...('body' in content && { body: content.body }),
  }
  const preferences: Preferences = {
    ...parsePrefer(headers['prefer']),
    ...(next?.example !== undefined && { example: next.example }),
    ...(next?.status !== undefined && { code: next.status }),
  }
  const context = { request, preferences, requestId, error, fault, state: next?.state, onViolation }
  return routed.service.respond(routed.operation, context)
}

/** The maximum number of query parameters. It is limited because Prism copies all of them for each parameter that an operation declares. */
const MAX_QUERY_PARAMETERS = 500

const bodyTooLong = (limit: number): ErrorResponse => ({
  status: 413,
  kind: 'invalid',
  message: `The body is longer than ${limit} bytes. Send a shorter body.`,
})
