import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './answer.ts'
import type { Bundle } from './bundle.ts'
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts'
import type { Clock } from './life/clock.ts'
import type { MockJobs } from './life/control.ts'
import { createWorlds, type WorldOptions } from './life/world.ts'
import { BODY_LIMIT, parseHead, readBody } from './request.ts'
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts'
import { createRouter, type Router } from './router.ts'
import { createService, type Reply } from './service.ts'

/** A mock that listens. */
export interface Mock extends AsyncDisposable {
  /** `http://127.0.0.1:4010` */
  readonly origin: string
  readonly port: number
  /** Names of the services it answers for. */
  readonly services: readonly string[]
  /** Endpoint of a service, for the client's `endpoint` option: `http://127.0.0.1:4010/dli`. */
  url(service: string): string
  /** The jobs that live in it. */
  readonly jobs: MockJobs
  /** The time in which they live. */
  readonly clock: Clock
  /** The last requests, oldest first; a thousand of them unless told otherwise. */
  readonly requests: readonly LoggedRequest[]
  /** Frees the port, cutting open connections. */
  close(): Promise<void>
}

export interface ListenOptions extends WorldOptions {
  readonly port?: number
  readonly host?: string
  /** Longest request body, in bytes. */
  readonly bodyLimit?: number
  /** How many requests are remembered. @default 1000 */
  readonly requestLimit?: number
}

/** The port cannot be had; the message says what to do. */
export class PortError extends Error {
  override readonly name = 'PortError'
}

/** Serves any set of bundles; `createMock` serves ours. */
export async function serve(bundles: ReadonlyMap<string, Bundle>, options: ListenOptions = {}): Promise<Mock> {
  const { host = '127.0.0.1', bodyLimit = BODY_LIMIT } = options
  const worlds = createWorlds(bundles, options)
  const services = await Promise.all([...bundles].map(([name, bundle]) => createService(name, bundle, worlds.world)))
  const jobs = worlds.populate(services.flatMap(({ life }) => life?.populations ?? []))
  const log = createRequestLog(Math.max(1, options.requestLimit ?? 1000))
  const front: Front = { router: createRouter(services), log, clock: worlds.clock, limit: bodyLimit }
  const server = createServer((message, response) => void handle(front, message, response))
  const port = await listen(server, options.port ?? 0, host)
  const origin = `http://${reachable(host)}:${port}`
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    origin,
    port,
    services: [...bundles.keys()],
    url(service) {
      if (bundles.has(service)) return `${origin}/${service}`
      throw new Error(`This mock has no service "${service}"; it has ${[...bundles.keys()].join(', ')}.`)
    },
    jobs,
    clock: worlds.clock,
    get requests() {
      return log.list()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The host to call where the mock listens at every address. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, host)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is taken`,
    EACCES: `Port ${port} may not be opened by this user`,
    EADDRNOTAVAIL: `${host} is no address of this machine, so port ${port} cannot be opened there`,
  }
  const reason = reasons[error.code ?? '']
  const advice = 'choose another one with --port (in code: the option port); 0 takes any free one'
  return reason ? new PortError(`${reason}: ${advice}.`, { cause: error }) : error
}

interface Front {
  readonly router: Router
  readonly log: RequestLog
  readonly clock: Clock
  /** Longest request body, in bytes. */
  readonly limit: number
}

async function handle(front: Front, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID().replaceAll('-', '')
  try {
    const head = parseHead(message)
    if (isPreflight(head.method, message.headers)) {
      send(response, { status: 204, headers: preflightHeaders(message.headers), body: undefined }, requestId)
      return
    }
    const routed = front.router(head.method, head.path)
    const body = await readBody(message, front.limit)
    const reply = await answer(routed, { ...head, body }, requestId, front.limit)
    const sentId = routed.service.problems.requestIdIn(reply.body) ?? requestId
    const { method, path, query } = head
    const operation = 'operation' in routed ? routed.operation.iid : undefined
    const [service] = path.split('/').slice(1)
    front.log.add({
      at: front.clock.now(),
      method,
      path,
      query,
      service,
      operation,
      status: reply.status,
      requestId: sentId,
    })
    send(response, reply, sentId)
  } catch (error) {
    if (message.destroyed && !message.complete) return // the caller went away in the middle of its body
    // Nothing known ends here; whoever meets it should see all of it.
    const reason = error instanceof Error ? error.message : String(error)
    const body = { message: `The mock itself failed: ${reason}` }
    send(response, { status: 500, headers: { 'Content-Type': 'application/json' }, body }, requestId)
  }
}

function send(response: ServerResponse, { status, headers, body }: Reply, requestId: string): void {
  for (const [name, value] of Object.entries({ ...headers, ...corsHeaders, 'X-Request-Id': requestId })) {
    if (value !== undefined && value !== null) response.setHeader(name, String(value))
  }
  const json = String(response.getHeader('Content-Type') ?? '').includes('json')
  const text = body === undefined ? undefined : json ? JSON.stringify(body) : String(body)
  if (text === undefined) response.removeHeader('Content-Type')
  else response.setHeader('Content-Length', Buffer.byteLength(text))
  response.writeHead(status).end(text)
}
