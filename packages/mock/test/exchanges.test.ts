import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { expect, onTestFinished, test } from 'vitest'
import { createMock, type MockOptions } from '../src/index.ts'

async function startMock(options: MockOptions = {}) {
  const mock = await createMock({ services: ['dli'], record: true, ...options })
  onTestFinished(() => mock.close())
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId: 'p',
    credentials: token('t'),
    retry: false,
  })
  return { mock, dli }
}

const job = { file: 'obs://bucket/job.jar', className: 'Main' }

test('a mock that records keeps requests and responses with their bodies', async () => {
  const { mock, dli } = await startMock()
  const { id } = await dli.createBatch({ body: job })
  await fetch(`${mock.origin}/dli/unknown`)
  const [created, unknown] = mock.exchanges
  expect(created).toMatchObject({
    operation: 'createBatch',
    service: 'dli',
    request: { method: 'POST', url: `${mock.origin}/dli/v2.0/p/batches`, headers: { 'x-auth-token': 't' } },
    response: { status: 200, headers: { 'content-type': 'application/json' } },
    violations: [],
  })
  expect(JSON.parse(created?.request.body ?? '')).toEqual(job)
  expect(JSON.parse(created?.response?.body ?? '')).toMatchObject({ id })
  expect(unknown).toMatchObject({ operation: undefined, response: { status: 404 } })
})

test('an exchange lists the violations of its request', async () => {
  const { mock, dli } = await startMock()
  await dli.createBatch({ body: { ...job, driverCores: -1 } }).catch(() => undefined)
  expect(mock.exchanges[0]?.violations).toContainEqual({
    side: 'request',
    path: ['body', 'driverCores'],
    message: expect.stringContaining('>= 0'),
  })
})

test('a mock that does not record keeps no exchanges', async () => {
  const { mock, dli } = await startMock({ record: false })
  await dli.listBatches()
  expect(mock.exchanges).toEqual([])
})

test('respondOnce sets the response of one call', async () => {
  const { mock, dli } = await startMock()
  mock.respondOnce('createBatch', { example: 'DLI.0999' })
  await expect(dli.createBatch({ body: job })).rejects.toMatchObject({ code: 'DLI.0999' })
  const { id } = await dli.createBatch({ body: job })

  mock.respondOnce('getBatch', { state: 'recovering', after: 1 })
  const states = []
  for (let i = 0; i < 3; i++) states.push((await dli.getBatch({ batch_id: id })).state)
  expect(states).toEqual(['starting', 'recovering', 'starting'])
})

test('respondOnce counts all calls since a response was set, and uses responses for the same call in the order in which they were set', async () => {
  const { mock, dli } = await startMock()
  const { id } = await dli.createBatch({ body: job })
  mock.respondOnce('getBatch', { state: 'recovering', after: 2 })
  mock.respondOnce('dli:getBatch', { status: 404 })
  mock.respondOnce('getBatch', { state: 'dead', after: 2 })
  mock.respondOnce('getBatch', { state: 'running', after: 5 })
  const outcomes = []
  for (let i = 0; i < 7; i++) {
    outcomes.push(
      await dli.getBatch({ batch_id: id }).then(
        ({ state }) => state,
        ({ status }) => status,
      ),
    )
  }
  expect(outcomes).toEqual([404, 'starting', 'recovering', 'dead', 'starting', 'running', 'starting'])
})

test.each([
  ['getBach', { state: 'dead' }, 'Unknown operation "getBach". Did you mean "getBatch"?'],
  ['getBatch', { example: 'DLI.9' }, 'getBatch has no example "DLI.9".'],
  ['getBatch', { status: 418 }, 'getBatch has no example with status 418. Statuses: 200, 400'],
  ['getBatch', { state: 'asleep' }, 'getBatch cannot show the state "asleep". States: starting,'],
  ['createSqlTemplate', { state: 'dead' }, 'createSqlTemplate cannot show the state "dead". States: none.'],
  [
    'getBatch',
    { state: 'dead', after: -1 },
    'The option after is -1 for getBatch. It must be a whole number of calls, 0 or more.',
  ],
  ['getBatch', { state: 'dead', after: 0.5 }, 'The option after is 0.5 for getBatch.'],
  ['getBatch', { state: 'dead', after: Number.NaN }, 'The option after is NaN for getBatch.'],
  ['getBatch', {}, 'Set exactly one of example, status and state for getBatch.'],
])('respondOnce(%s, %j) throws', async (operation, response, message) => {
  const { mock } = await startMock()
  expect(() => mock.respondOnce(operation, response)).toThrow(message)
})

test('respondOnce requires the service if several services have the operation', async () => {
  const { mock } = await startMock({ services: ['dli', 'cs', 'res'] })
  expect(() => mock.respondOnce('getJob', { status: 200 })).toThrow('Use cs:getJob or res:getJob.')
})
