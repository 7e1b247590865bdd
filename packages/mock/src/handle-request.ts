import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Admin } from './admin/admin.ts'
import type { AuthenticateRequest } from './auth/authenticate-request.ts'
import { isPreflight, preflightHeaders } from './cors.ts'
import { createResponse } from './create-response.ts'
import type { FaultInjector } from './faults/fault-injector.ts'
import { type Fault, SLOW_MS } from './faults/fault-rule.ts'
import { type IncomingRequest, parseHead, readBody } from './parse-request.ts'
import type { RequestLog } from './request-log.ts'
import type { RoutedRequest, Router } from './router.ts'
import { sendResponse } from './send-response.ts'
import type { MockResponse } from './service.ts'
import type { Clock } from './simulation/clock.ts'

type Head = Omit<IncomingRequest, 'body'>

/** What a mock that listens answers with. */
export interface RequestHandlerContext {
  readonly router: Router
  readonly authenticate: AuthenticateRequest
  readonly admin: Admin
  readonly faults: FaultInjector
  readonly log: RequestLog
  readonly clock: Clock
  /** Longest request body, in bytes. */
  readonly bodyLimit: number
}

/** Answers a request, whatever it is and whatever becomes of it. */
export async function handleRequest(
  front: RequestHandlerContext,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID().replaceAll('-', '')
  response.setHeader('Date', new Date(front.clock.now()).toUTCString())
  try {
    const head = parseHead(message)
    if (isPreflight(head.method, message.headers)) {
      return await sendResponse(
        response,
        { status: 204, headers: preflightHeaders(message.headers), body: undefined },
        requestId,
      )
    }
    const body = await readBody(message, front.bodyLimit)
    const admin = front.admin(head, body)
    if (admin) return await sendResponse(response, admin, requestId)
    const routed = front.router(head.method, head.path)
    const fault = faultOf(front, routed)
    const log = (reply?: MockResponse): string => {
      const sentId = (reply && routed.service.errorBodies.readRequestId(reply.body)) ?? requestId
      front.log.add({
        at: front.clock.now(),
        method: head.method,
        path: head.path,
        query: head.query,
        service: head.path.split('/')[1],
        operation: 'operation' in routed ? routed.operation.iid : undefined,
        status: reply?.status,
        requestId: sentId,
        fault: fault?.fault,
      })
      return sentId
    }
    if (fault?.fault === 'reset' || fault?.fault === 'stall') {
      log()
      if (fault.fault === 'reset') message.socket.resetAndDestroy()
      return
    }
    if (fault?.fault === 'slow-headers' && !(await pause(front.clock, fault, response))) return
    const reply = await createResponse(
      await admitted(front, routed, head, body),
      { ...head, body },
      requestId,
      front.bodyLimit,
      fault,
    )
    if (fault?.fault === 'lost-response') {
      log()
      message.socket.resetAndDestroy()
      return
    }
    await sendResponse(response, reply, log(reply), { fault, clock: front.clock })
  } catch (error) {
    if (message.destroyed && !message.complete) return // the caller went away in the middle of its body
    if (response.headersSent) return void response.destroy()
    // Nothing known ends here; whoever meets it should see all of it.
    const reason = error instanceof Error ? error.message : String(error)
    const body = { message: `The mock itself failed: ${reason}` }
    await sendResponse(response, { status: 500, headers: { 'Content-Type': 'application/json' }, body }, requestId)
  }
}

/** Where the request goes, credentials considered: who is not let in goes no further than the gateway. */
async function admitted(
  { authenticate: gate }: RequestHandlerContext,
  routed: RoutedRequest,
  head: Head,
  body: Buffer | undefined,
): Promise<RoutedRequest> {
  if (!('operation' in routed) || body === undefined) return routed
  const { service, operation } = routed
  const refusal = await gate(service, operation, head, body)
  return refusal ? { service, refusal } : routed
}

function faultOf({ faults }: RequestHandlerContext, routed: RoutedRequest): Fault | undefined {
  if (!('operation' in routed)) return undefined
  const { service, operation } = routed
  return faults.selectFault({
    service: service.name,
    operation: operation.iid ?? '',
    supports: fault => service.supportsFault(operation, fault),
  })
}

/** Whether the caller is still there when the time has passed. */
async function pause(clock: Clock, { ms = SLOW_MS }: Fault, response: ServerResponse): Promise<boolean> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  await clock.sleep(ms, gone.signal).catch(() => undefined)
  return !gone.signal.aborted
}
