import { type ClientOptions, token } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { onTestFinished } from 'vitest'
import { createJobs } from '../src/index.ts'

type Options = Partial<Pick<ClientOptions, 'clock' | 'retry'>>

/** The options of a client of the mock. The client uses the system's clock. With the clock of the mock, the client's timeouts would advance that clock. */
const createOptions = (mock: Mock, service: string, options: Options = {}) => ({
  endpoint: mock.url(service),
  projectId: 'p1',
  credentials: token('any'),
  ...options,
})

/** The workspace that contains the RES jobs of the mock. */
export const workspace = { workspaceId: 'w1', resourceId: 'r1' }

export const createDli = (mock: Mock) => createDliClient(createOptions(mock, 'dli'))

/** Creates a client for each service that has jobs. */
export const createClients = (mock: Mock, options: { readonly [service: string]: Options } = {}) => ({
  dli: createDliClient(createOptions(mock, 'dli', options['dli'])),
  modelarts: createModelArtsClient(createOptions(mock, 'modelarts', options['modelarts'])),
  cs: createCsClient(createOptions(mock, 'cs', options['cs'])),
  res: createResClient({ ...createOptions(mock, 'res', options['res']), ...workspace }),
})

/** Starts a mock that is closed when the test ends, and combines the jobs of all its services. */
export async function setUp(options: Omit<MockOptions, 'services'> = {}) {
  const mock = await createMock({ strict: true, requestLimit: 100_000, ...options })
  onTestFinished(() => mock.close())
  const clients = createClients(mock)
  return { mock, clients, jobs: createJobs(clients, { clock: mock.clock }) }
}

/** Collects all values of an iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
