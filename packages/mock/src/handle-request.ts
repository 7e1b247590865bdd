import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HandleAdminRequest } from './admin/admin.ts'
import { isAdminPath } from './admin/admin-access.ts'
import type { AuthenticateRequest } from './auth/authenticate-request.ts'
import { createPreflightHeaders, isPreflight } from './cors.ts'
import { createResponse } from './create-response.ts'
import type { ExchangeViolation, MockExchange } from './exchange-log.ts'
import type { FaultInjector } from './faults/fault-injector.ts'
import { DEFAULT_SLOW_MS, type Fault } from './faults/fault-rule.ts'
import { JSON_HEADERS, type MockResponse } from './mock-response.ts'
import type { NextResponses } from './next-responses.ts'
import { parseHead, type RequestHead } from './parse-request.ts'
import { readBody } from './read-body.ts'
import type { RequestLog } from './request-log.ts'
import type { RoutedRequest, Router } from './router.ts'
import { sendResponse } from './send-response.ts'
import type { Clock } from './simulation/clock.ts'
import { shorten } from './simulation/shorten.ts'

/** The parts of a mock that a request passes through. */
export interface RequestHandlerContext {
  readonly route: Router
  readonly authenticate: AuthenticateRequest
  readonly handleAdminRequest: HandleAdminRequest
  readonly faults: FaultInjector
  readonly log: RequestLog
  readonly nextResponses: NextResponses
  /** The recorded exchanges. `undefined` if the mock does not record. */
  readonly exchanges: MockExchange[] | undefined
  readonly getOrigin: () => string
  readonly clock: Clock
  /** The longest accepted request body, in bytes. */
  readonly bodyLimit: number
}

/** A request to a service, with its parsed head and its body. */
interface ServiceRequest {
  readonly message: IncomingMessage
  readonly head: RequestHead
  /** `undefined` if the body is too long. */
  readonly body: Buffer | undefined
  readonly requestId: string
}

/** The longest body of a request about the mock itself, in bytes. */
const ADMIN_BODY_LIMIT = 1024 * 1024

/** The maximum size of the path and of the query in the log of requests, in characters. */
const MAX_LOGGED_SIZE = 4096

/** Responds to a request. After an unexpected error it responds with status 500. */
export async function handleRequest(
  context: RequestHandlerContext,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock } = context
  const requestId = randomUUID().replaceAll('-', '')
  response.setHeader('Date', new Date(clock.now()).toUTCString())
  const head = parseHead(message)
  const isAdmin = isAdminPath(head.path)
  const send = (content: MockResponse): Promise<void> =>
    sendResponse(response, content, { requestId, clock, allowsOtherOrigins: !isAdmin })
  try {
    if (!isAdmin && isPreflight(head.method, message.headers)) {
      return await send({ status: 204, headers: createPreflightHeaders(message.headers), body: undefined })
    }
    const body = await readBody(message, isAdmin ? Math.min(ADMIN_BODY_LIMIT, context.bodyLimit) : context.bodyLimit)
    const adminResponse = context.handleAdminRequest(head, body)
    if (adminResponse) return await send(adminResponse)
    await handleServiceRequest(context, { message, head, body, requestId }, response)
  } catch (error) {
    const isAborted = message.destroyed && !message.complete
    if (isAborted) return
    if (response.headersSent) return void response.destroy()
    // An unexpected error. The response contains the message of the error, so that the user can report the error.
    const reason = error instanceof Error ? error.message : String(error)
    await send({ status: 500, headers: JSON_HEADERS, body: { message: `Internal error of the mock: ${reason}` } })
  }
}

async function handleServiceRequest(
  context: RequestHandlerContext,
  request: ServiceRequest,
  response: ServerResponse,
): Promise<void> {
  const { clock, bodyLimit } = context
  const { message, head, body, requestId } = request
  const routed = context.route(head.method, head.path)
  const fault = selectFault(context, routed)
  const operationId = 'operation' in routed ? routed.operation.iid : undefined
  const violations: ExchangeViolation[] = []
  const log = (sent?: MockResponse): string => {
    const loggedId = (sent && routed.service.errorBodies.readRequestId(sent.body)) ?? requestId
    context.exchanges?.push(
      createExchange(request, { sent, violations, operation: operationId, origin: context.getOrigin() }),
    )
    context.log.add({
      at: clock.now(),
      method: head.method,
      path: head.path.slice(0, MAX_LOGGED_SIZE),
      query: shorten(head.query, MAX_LOGGED_SIZE),
      service: head.path.split('/')[1],
      operation: operationId,
      status: sent?.status,
      requestId: loggedId,
      fault: fault?.fault,
    })
    return loggedId
  }
  if (fault?.fault === 'stall') {
    log()
    return
  }
  if (fault?.fault === 'reset') {
    log()
    message.socket.resetAndDestroy()
    return
  }
  if (fault?.fault === 'slow-headers' && !(await delayHeaders(clock, fault, response))) return
  const authenticated = await rejectUnauthenticated(context, routed, request)
  const next = operationId === undefined ? undefined : context.nextResponses.take(routed.service.name, operationId)
  const onViolation = (violation: ExchangeViolation) => violations.push(violation)
  const created = await createResponse(authenticated, { head, body, bodyLimit, requestId, fault, next, onViolation })
  if (fault?.fault === 'lost-response') {
    log()
    message.socket.resetAndDestroy()
    return
  }
  await sendResponse(response, created, { requestId: log(created), fault, clock, allowsOtherOrigins: true })
}

interface ExchangeDetails {
  readonly sent: MockResponse | undefined
  readonly violations: readonly ExchangeViolation[]
  readonly operation: string | undefined
  readonly origin: string
}

function createExchange(
  { head, body }: ServiceRequest,
  { sent, violations, operation, origin }: ExchangeDetails,
): MockExchange {
  const headers = Object.entries(sent?.headers ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name.toLowerCase(), String(value)]],
  )
  const isJson = headers.some(([name, value]) => name === 'content-type' && value?.includes('json'))
  const text = sent?.body === undefined ? undefined : isJson ? JSON.stringify(sent.body) : String(sent.body)
  return {
    operation,
    service: head.path.split('/')[1],
    request: {
      method: head.method,
      url: `${origin}${head.url}`,
      headers: head.headers,
      body: body && body.length > 0 ? body.toString('utf8') : undefined,
    },
    response: sent && { status: sent.status, headers: Object.fromEntries(headers), body: text },
    violations,
  }
}

/** Replaces the route by the gateway's error if the credentials are not valid. */
async function rejectUnauthenticated(
  { authenticate }: RequestHandlerContext,
  routed: RoutedRequest,
  { head, body }: ServiceRequest,
): Promise<RoutedRequest> {
  if (!('operation' in routed) || body === undefined) return routed
  const { service, operation } = routed
  const error = await authenticate({ service, operation, head, body })
  return error ? { service, error } : routed
}

function selectFault({ faults }: RequestHandlerContext, routed: RoutedRequest): Fault | undefined {
  if (!('operation' in routed)) return undefined
  const { service, operation } = routed
  return faults.selectFault({
    service: service.name,
    operation: operation.iid ?? '',
    supports: fault => service.supportsFault(operation, fault),
  })
}

/** Returns whether the client is still connected after the delay. */
async function delayHeaders(clock: Clock, { ms = DEFAULT_SLOW_MS }: Fault, response: ServerResponse): Promise<boolean> {
  const closed = new AbortController()
  response.once('close', () => closed.abort())
  await clock.sleep(ms, closed.signal).catch(() => undefined)
  return !closed.signal.aborted
}
