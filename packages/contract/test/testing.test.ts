import { token } from '@jobscope/core'
import { createDliClient, type DliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { expectContract } from '../src/testing/expect-contract.ts'
import { replayFailures } from '../src/testing/replay-failures.ts'

const mock = await createMock({ services: ['dli'], record: true })
afterAll(() => mock.close())
beforeEach(() => {
  mock.exchanges.length = 0
})

const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t'), retry: false })
const job = { file: 'obs://jobs/rollup.jar', className: 'Rollup' }

test('expectContract accepts requests that fit the specs', async () => {
  await dli.createBatch({ body: job })
  expect(() => expectContract(mock)).not.toThrow()
})

test('expectContract reports a request that the mock rejected', async () => {
  await dli.createBatch({ body: { ...job, driverCores: 'many' as never } }).catch(() => undefined)
  expect(() => expectContract(mock)).toThrow(/dli\.createBatch[\s\S]*wrong-type request body \/driverCores/)
})

test('expectContract reports an unknown field, an undocumented job state, and an operation that was not called', async () => {
  const { id } = await dli.createBatch({ body: { ...job, retries: 3 } as typeof job })
  mock.faults.set([{ fault: 'unknown-state', on: 'getBatch', times: 1 }])
  await dli.getBatch({ batch_id: id })
  mock.faults.clear()
  expect(() => expectContract(mock, { operations: ['cancelBatch'] })).toThrow(
    /not called: cancelBatch[\s\S]*unknown-job-state[\s\S]*undocumented-request-field/,
  )
  expect(() => expectContract(mock, { ignore: ['unknown-job-state', 'undocumented-request-field'] })).not.toThrow()
})

test('expectContract fails if nothing was recorded', () => {
  expect(() => expectContract(mock)).toThrow('The mock recorded no exchanges.')
})

const careful = async (client: DliClient) => {
  const { id } = await client.createBatch({ body: job })
  return (await client.waitForBatch({ batch_id: id }, { clock: mock.clock })).state
}

test('replayFailures accepts a program that handles every failure and state', async () => {
  const replays = await replayFailures(mock, () => careful(dli))
  const list = (operation: string) => replays.filter(each => each.operation === operation)
  expect(list('getBatch').flatMap(({ state }) => state ?? [])).toEqual(['starting', 'running', 'recovering', 'dead'])
  expect(list('createBatch').map(({ example }) => example)).toContain('DLI.0999')
  expect(replays.every(({ isIgnored }) => !isIgnored)).toBe(true)
})

test('replayFailures reports the states that a program ignores', async () => {
  const careless = async () => {
    const { id } = await dli.createBatch({ body: job })
    for (;;) {
      const { state } = await dli.getBatch({ batch_id: id })
      if (state !== 'starting' && state !== 'running') return 'done'
      mock.clock.advance(60_000)
    }
  }
  await expect(replayFailures(mock, careless)).rejects.toThrow(
    'The program ignores these documented responses:\n- getBatch: state recovering\n- getBatch: state dead',
  )
})

test('replayFailures reports the errors that a program ignores', async () => {
  const careless = async () => {
    await dli.listBatches().catch(() => undefined)
    return careful(dli)
  }
  const result = replayFailures(mock, careless)
  await expect(result).rejects.toThrow(/- listBatches: DLI\.\d+/)
  await expect(result).rejects.not.toThrow('createBatch')
})

test('replayFailures rejects if the program fails by itself', async () => {
  const failing = async () => {
    throw new Error('no file')
  }
  await expect(replayFailures(mock, failing)).rejects.toThrow(
    'The program fails without an injected failure: Error: no file',
  )
})
