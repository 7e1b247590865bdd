import { type ClientOptions, token } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { onTestFinished } from 'vitest'
import { createJobs } from '../src/index.ts'

type Options = Partial<Pick<ClientOptions, 'clock' | 'retry'>>

/** Options of a client against a mock. Its timeouts are real: the clock of the mock would turn with each of them. */
const optionsFor = (mock: Mock, service: string, options: Options = {}) => ({
  endpoint: mock.url(service),
  projectId: 'p1',
  credentials: token('any'),
  ...options,
})

/** Where the mock has the jobs of RES that stand in a workspace. */
export const place = { workspaceId: 'w1', resourceId: 'r1' }

export const dliOf = (mock: Mock) => createDliClient(optionsFor(mock, 'dli'))

/** A client of each service that has jobs. */
export const clientsOf = (mock: Mock, options: { readonly [service: string]: Options } = {}) => ({
  dli: createDliClient(optionsFor(mock, 'dli', options['dli'])),
  modelarts: createModelArtsClient(optionsFor(mock, 'modelarts', options['modelarts'])),
  cs: createCsClient(optionsFor(mock, 'cs', options['cs'])),
  res: createResClient({ ...optionsFor(mock, 'res', options['res']), ...place }),
})

/** A mock that lives as long as the test, and the jobs of all its services. */
export async function setUp(options: Omit<MockOptions, 'services'> = {}) {
  const mock = await createMock({ strict: true, requestLimit: 100_000, ...options })
  onTestFinished(() => mock.close())
  const clients = clientsOf(mock)
  return { mock, clients, jobs: createJobs(clients, { clock: mock.clock }) }
}

/** All that an iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
