import { loadBundles } from './bundle.ts'
import { type Mock, type ServerOptions, serve } from './server.ts'

export interface MockOptions extends ServerOptions {
  /** Services to answer for. @default all */
  readonly services?: readonly string[]
}

/**
 * Starts a mock of the job APIs: every operation of their specs, requests and responses validated. A job that is created
 * lives in it and moves as the clock is turned; what is no living job is answered with the examples of the spec. Each
 * service stands under its name, all behind one port.
 *
 * @throws when the port is taken, or a service, scenario, state or fault is not known; the message says what to do.
 * @example
 * const mock = await createMock({ scenario: 'fail' })
 * const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') })
 * const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })
 * mock.clock.advance(60_000)
 * const { state } = await dli.getBatch({ batch_id: id }) // dead
 * await mock.close()
 */
export async function createMock({ services, ...listen }: MockOptions = {}): Promise<Mock> {
  return serve(await loadBundles(services), listen)
}
