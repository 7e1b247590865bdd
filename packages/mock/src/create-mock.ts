import { loadBundles } from './bundle.ts'
import { type Mock, serve } from './server.ts'

export interface MockOptions {
  /** Services to answer for. @default all */
  readonly services?: readonly string[]
  /** Port to listen at; 0 takes any free one. @default 0 */
  readonly port?: number
  /** Address to listen at. @default '127.0.0.1' */
  readonly host?: string
}

/**
 * Starts a mock of the job APIs: every operation of their specs, answered with the examples of the spec, requests and
 * responses validated. Each service stands under its name, all behind one port.
 *
 * @throws when the port is taken, or a service is not known; the message says what to do.
 * @example
 * const mock = await createMock()
 * const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') })
 * await dli.getBatch({ batch_id: 'b' })
 * await mock.close()
 */
export async function createMock({ services, ...listen }: MockOptions = {}): Promise<Mock> {
  return serve(await loadBundles(services), listen)
}
