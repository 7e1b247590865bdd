import type { AuthOptions } from './auth/accounts.ts'
import { loadBundles } from './bundle.ts'
import type { FaultRule } from './faults/fault.ts'
import type { WorldOptions } from './life/world.ts'
import { type Mock, serve } from './server.ts'

export interface MockOptions extends WorldOptions, AuthOptions {
  /** Services to answer for. @default all */
  readonly services?: readonly string[]
  /** Port to listen at; 0 takes any free one. @default 0 */
  readonly port?: number
  /** Address to listen at. @default '127.0.0.1' */
  readonly host?: string
  /** How many requests `requests` remembers. @default 1000 */
  readonly requestLimit?: number
  /**
   * Calls that go wrong: rules, or a text such as `throttle=0.1, getBatch:reset`. The same `seed` spoils the same calls.
   *
   * @default none
   */
  readonly faults?: readonly FaultRule[] | string
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
