import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdmin } from './admin/admin.ts'
import type { AuthOptions } from './auth/accounts.ts'
import { createAuthenticator } from './auth/authenticate-request.ts'
import { createCredentialStore } from './auth/credential-store.ts'
import type { Bundle } from './bundle.ts'
import { createFaultInjector, type MockFaults } from './faults/fault-injector.ts'
import type { FaultRule } from './faults/fault-rule.ts'
import { handleRequest, type RequestHandlerContext } from './handle-request.ts'
import { DEFAULT_BODY_LIMIT } from './parse-request.ts'
import { createRequestLog, type LoggedRequest } from './request-log.ts'
import { createRouter } from './router.ts'
import { createService, type MockService } from './service.ts'
import type { Clock } from './simulation/clock.ts'
import type { MockJobs } from './simulation/mock-jobs.ts'
import { seededRandom } from './simulation/random.ts'
import { createSimulationContext, type SimulationOptions } from './simulation/simulation-context.ts'

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
  /** What goes wrong, from now on. */
  readonly faults: MockFaults
  /** The last requests, oldest first; a thousand of them unless told otherwise. */
  readonly requests: readonly LoggedRequest[]
  /** Frees the port, cutting open connections. */
  close(): Promise<void>
}

export interface ServerOptions extends SimulationOptions, AuthOptions {
  /** Port to listen at; 0 takes any free one. @default 0 */
  readonly port?: number
  /** Address to listen at. @default '127.0.0.1' */
  readonly host?: string
  /** Longest request body, in bytes. @default 12 MiB, as the gateway of the services */
  readonly bodyLimit?: number
  /** How many requests `requests` remembers. @default 1000 */
  readonly requestLimit?: number
  /**
   * Calls that go wrong: rules, or a text such as `throttle=0.1, getBatch:reset`. The same `seed` spoils the same calls.
   *
   * @default none
   */
  readonly faults?: readonly FaultRule[] | string
}

/** The port cannot be had; the message says what to do. */
export class PortError extends Error {
  override readonly name = 'PortError'
}

/** Serves any set of bundles; `createMock` serves ours. */
export async function serve(bundles: ReadonlyMap<string, Bundle>, options: ServerOptions = {}): Promise<Mock> {
  const { host = '127.0.0.1', bodyLimit = DEFAULT_BODY_LIMIT, seed = 1 } = options
  const worlds = createSimulationContext(bundles, options)
  const { clock, world } = worlds
  // Not the numbers that make the jobs: who asks for a token changes none of them.
  const random = seededRandom(seed + 1)
  const vault = createCredentialStore(options, clock, random)
  const services = await Promise.all(
    [...bundles].map(([name, bundle]) =>
      createService(name, bundle, { random, clock, credentials: vault, simulation: world }),
    ),
  )
  const faults = createFaultInjector(targetsOf(services), seed)
  if (options.faults !== undefined) faults.set(options.faults)
  const populations = services.flatMap(({ simulation: life }) => life?.collections ?? [])
  const jobs = worlds.populate(populations)
  const log = createRequestLog(Math.max(1, options.requestLimit ?? 1000))
  const admin = createAdmin({ services: [...bundles.keys()], populations, jobs, clock, faults, log })
  const gate = createAuthenticator(vault, clock)
  const front: RequestHandlerContext = {
    router: createRouter(services),
    authenticate: gate,
    admin,
    faults,
    log,
    clock,
    bodyLimit: bodyLimit,
  }
  const server = createServer((message, response) => void handleRequest(front, message, response))
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
    clock,
    faults,
    get requests() {
      return log.list()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** What rules of faults may be about. */
function targetsOf(services: readonly MockService[]): ReadonlySet<string> {
  const names = services.flatMap(({ name, operations }) =>
    operations.flatMap(({ iid }) => (iid === undefined ? [] : [iid, `${name}:${iid}`])),
  )
  return new Set([...services.map(({ name }) => name), ...names])
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
