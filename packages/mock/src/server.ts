import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdminHandler } from './admin/admin.ts'
import type { AuthOptions } from './auth/accounts.ts'
import { createAuthenticator } from './auth/authenticate-request.ts'
import { createCredentialStore } from './auth/credential-store.ts'
import type { Bundle } from './bundle.ts'
import type { MockExchange } from './exchange-log.ts'
import { createFaultInjector, type MockFaults } from './faults/fault-injector.ts'
import type { FaultRule } from './faults/fault-rule.ts'
import { handleRequest, type RequestHandlerContext } from './handle-request.ts'
import type { NextResponse } from './next-response.ts'
import { createNextResponses } from './next-responses.ts'
import { PortError } from './port-error.ts'
import { createRequestLog, type LoggedRequest } from './request-log.ts'
import { createRouter } from './router.ts'
import { createService, type MockService } from './service.ts'
import { type Clock, createClock } from './simulation/clock.ts'
import { createMockJobs } from './simulation/create-mock-jobs.ts'
import type { MockJobs } from './simulation/mock-jobs.ts'
import { seededRandom } from './simulation/random.ts'
import { seedJobs } from './simulation/seed-jobs.ts'
import { createSimulationContext, type SimulationOptions } from './simulation/simulation-context.ts'

/** A running mock. */
export interface Mock extends AsyncDisposable {
  /** `http://127.0.0.1:4010` */
  readonly origin: string
  readonly port: number
  /** The names of the services that the mock serves. */
  readonly services: readonly string[]
  /** The endpoint of a service, for the option `endpoint` of its client: `http://127.0.0.1:4010/dli`. */
  url(service: string): string
  /** The simulated jobs. */
  readonly jobs: MockJobs
  /** The clock of the simulated jobs. */
  readonly clock: Clock
  /** The faults that are injected. */
  readonly faults: MockFaults
  /** The latest requests, oldest first. The option `requestLimit` sets how many are kept. */
  readonly requests: readonly LoggedRequest[]
  /** All requests and responses, oldest first, if the option `record` is set. Set `length` to 0 to remove them. */
  readonly exchanges: MockExchange[]
  /**
   * Sets the response to one of the next calls of an operation: an example of the spec, a documented status, or a state of all
   * jobs that the response shows. If several responses are due for a call, the call gets the one that was set first. The
   * next calls get the others.
   *
   * @param operation operation ID, or `service:operation` if several services have it
   * @throws NextResponseError if the operation has no such example, status or state, or if `after` is not a whole number of calls
   * @example
   * mock.respondOnce('getBatch', { state: 'recovering' })
   * mock.respondOnce('createBatch', { example: 'DLI.0999' })
   */
  respondOnce(operation: string, response: NextResponse): void
  /** Stops the mock and frees its port. Open connections are closed. */
  close(): Promise<void>
}

export interface ServerOptions extends SimulationOptions, AuthOptions {
  /** The port to listen on. 0 chooses a free port. @default 0 */
  readonly port?: number
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string
  /** The longest accepted request body, in bytes. @default the gateway's limit for signed requests (12 MiB) */
  readonly bodyLimit?: number
  /** How many requests are kept in `requests`. @default 1000 */
  readonly requestLimit?: number
  /** Whether to keep all requests and responses with their headers and bodies in `exchanges`. @default false */
  readonly record?: boolean
  /**
   * The faults to inject: rules, or text such as `throttle=0.1, getBatch:reset`. The same `seed` injects the same faults.
   *
   * @default none
   */
  readonly faults?: readonly FaultRule[] | string
}

/** A request that is not complete after this time is aborted, so that it does not keep its body in memory. In milliseconds. */
const REQUEST_TIMEOUT = 60_000

/** Serves the given spec bundles. `createMock` serves the bundles of `@jobscope/specs`. */
export async function serve(bundles: ReadonlyMap<string, Bundle>, options: ServerOptions = {}): Promise<Mock> {
  const { host = '127.0.0.1', seed = 1 } = options
  const names = [...bundles.keys()]
  const clock = createClock(options.clock)
  const simulation = createSimulationContext(bundles, options, clock)
  // Tokens, keys and faults have their own random numbers, so that they have no influence on the simulated jobs.
  const random = seededRandom(seed + 1)
  const credentials = createCredentialStore(options, clock, random)
  const context = { random, clock, credentials, simulation: options.static ? undefined : simulation }
  const services = await Promise.all([...bundles].map(([name, bundle]) => createService(name, bundle, context)))
  const faults = createFaultInjector(getFaultTargets(services), seed)
  if (options.faults !== undefined) faults.set(options.faults)
  const collections = services.flatMap(service => service.simulation?.collections ?? [])
  seedJobs(options.seedJobs ?? 0, collections, simulation)
  const jobs = createMockJobs(collections)
  const log = createRequestLog(Math.max(1, options.requestLimit ?? 1000))
  const exchanges: MockExchange[] = []
  const nextResponses = createNextResponses(services)
  let origin = ''
  const handlerContext: RequestHandlerContext = {
    nextResponses,
    exchanges: options.record ? exchanges : undefined,
    getOrigin: () => origin,
    route: createRouter(services),
    authenticate: createAuthenticator(credentials, clock),
    handleAdminRequest: createAdminHandler({ services: names, host, collections, jobs, clock, faults, log }),
    faults,
    log,
    clock,
    bodyLimit: options.bodyLimit ?? getBodyLimit(services),
  }
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, (message, response) => {
    // An error that prevents even a response with status 500 must not end the process of a test.
    handleRequest(handlerContext, message, response).catch(() => response.destroy())
  })
  const port = await listen(server, options.port ?? 0, host)
  origin = `http://${getReachableHost(host)}:${port}`
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    origin,
    port,
    services: names,
    url(service) {
      if (bundles.has(service)) return `${origin}/${service}`
      throw new Error(`This mock does not serve "${service}". It serves ${names.join(', ')}.`)
    },
    jobs,
    clock,
    faults,
    get requests() {
      return log.list()
    },
    exchanges,
    respondOnce: nextResponses.add,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The largest body that one of the services accepts, in bytes. */
const getBodyLimit = (services: readonly MockService[]): number =>
  Math.max(...services.map(({ gatewayLimits }) => gatewayLimits?.signedBody.maxBytes ?? Number.POSITIVE_INFINITY))

/** The names that a fault rule may have in `on`: services, operation IDs, and combinations such as `dli:getBatch`. */
function getFaultTargets(services: readonly MockService[]): ReadonlySet<string> {
  const operations = services.flatMap(({ name, operations }) =>
    operations.flatMap(({ iid }) => (iid === undefined ? [] : [iid, `${name}:${iid}`])),
  )
  return new Set([...services.map(({ name }) => name), ...operations])
}

/** The host to call if the mock listens on all addresses. */
function getReachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toPortError(error, port, host)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function toPortError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const choosePort = 'Choose another port with --port (in code: the option port). 0 chooses a free port.'
  const messages: { readonly [code: string]: string } = {
    EADDRINUSE: `Port ${port} of ${host} is taken. ${choosePort}`,
    EACCES: `This user is not allowed to open port ${port}. ${choosePort}`,
    EADDRNOTAVAIL: `Cannot open port ${port}, because ${host} is not an address of this machine. Choose another host.`,
  }
  const message = messages[error.code ?? '']
  return message === undefined ? error : new PortError(message, { cause: error })
}
