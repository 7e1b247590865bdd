import { loadBundles } from './bundle.ts'
import { type Mock, type ServerOptions, serve } from './server.ts'

export interface MockOptions extends ServerOptions {
  /** The names of the services to serve. @default all */
  readonly services?: readonly string[]
}

/**
 * Starts a mock of the job APIs. The mock serves every operation of the specs and validates requests and responses. Jobs that are created
 * are simulated: they change their state as the clock advances. All other responses are examples of the specs. All services share one port.
 * Each service has its own path prefix.
 *
 * @throws if the port is taken, or if a service, scenario, state or fault is unknown. The message says what to do.
 * @example
 * const mock = await createMock({ scenario: 'fail' })
 * const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') })
 * const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })
 * mock.clock.advance(60_000)
 * const { state } = await dli.getBatch({ batch_id: id }) // dead
 * await mock.close()
 */
export async function createMock({ services, ...options }: MockOptions = {}): Promise<Mock> {
  return serve(loadBundles(services), options)
}
