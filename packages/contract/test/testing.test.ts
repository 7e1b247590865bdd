import { token } from '@jobscope/core'
import { createDliClient, type DliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { createModelArtsClient } from '@jobscope/modelarts'
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

test('expectContract counts a rejected request once', async () => {
  await dli.createBatch({ body: { ...job, driverCores: 'many' as never } }).catch(() => undefined)
  expect(() => expectContract(mock)).toThrow('1 exchange checked')
})

test('the errors of expectContract and replayFailures say that the argument is not a mock', async () => {
  const message = 'The argument mock is not a mock. Pass the result of createMock({ record: true }) of @jobscope/mock.'
  for (const value of [{}, undefined]) {
    expect(() => expectContract(value as never)).toThrow(message)
    await expect(replayFailures(value as never, async () => undefined)).rejects.toThrow(message)
  }
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

test('replayFailures rejects if the program fails without an injected failure', async () => {
  const failing = async () => {
    throw new Error('no file')
  }
  await expect(replayFailures(mock, failing)).rejects.toThrow(
    'The program fails without an injected failure: Error: no file',
  )
})

const runWithCode = async (getCode: (isGood: boolean) => unknown, client = dli) => {
  try {
    return getCode((await careful(client)) === 'success')
  } catch {
    return getCode(false)
  }
}

test.each([
  ['exit codes', (isGood: boolean) => (isGood ? 0 : 1)],
  ['numbers in objects', (isGood: boolean) => ({ failed: isGood ? 0 : 1 })],
  ['long texts', (isGood: boolean) => `The nightly rollup of all regions has ${isGood ? 'succeeded' : 'failed'}.`],
])('replayFailures accepts a program whose results differ only in %s', async (_, getCode) => {
  const replays = await replayFailures(mock, () => runWithCode(getCode))
  expect(replays.length).toBeGreaterThan(5)
})

test('replayFailures does not compare IDs and times of jobs, or values that differ in each run', async () => {
  let run = 0
  const careless = async () => {
    const { id, create_time } = await dli.createBatch({ body: job })
    await dli.listBatches().catch(() => undefined)
    return { message: `Created ${id} at ${create_time}`, run: ++run, code: 0 }
  }
  await expect(replayFailures(mock, careless)).rejects.toThrow(/- listBatches: DLI\.\d+/)
})

test('replayFailures reads job states from the state field, not from job names', async () => {
  const careless = async () => {
    const { id } = await dli.createBatch({ body: { ...job, name: 'dead' } })
    for (;;) {
      const { state = '' } = await dli.getBatch({ batch_id: id })
      if (['success', 'dead'].includes(state)) return 'done'
      if (!['starting', 'running'].includes(state)) throw new Error(state)
      mock.clock.advance(60_000)
    }
  }
  await expect(replayFailures(mock, careless)).rejects.toThrow(/documented responses:\n- getBatch: state dead\nHandle/)
})

test('replayFailures does not replay the numeric state that ended the run', async () => {
  await using modelArts = await createMock({ services: ['modelarts'], record: true })
  const client = createModelArtsClient({
    endpoint: modelArts.url('modelarts'),
    projectId: 'p',
    credentials: token('t'),
    retry: false,
  })
  let name = 0
  const run = async () => {
    const { job_id } = await client.createVisualizationJob({ body: { job_name: `job${name++}`, train_url: '/b/c/' } })
    return `ended in state ${(await client.getVisualizationJob({ job_id })).status}`
  }
  const replays = await replayFailures(modelArts, run)
  const states = replays.flatMap(({ operation, state }) => (operation === 'getVisualizationJob' ? (state ?? []) : []))
  const lastState = /\d+$/.exec(await run())?.[0]
  expect(states).not.toContain(lastState)
  expect(states.length).toBeGreaterThan(5)
})

test('replayFailures rejects a mock that does not record, and a program that sends nothing', async () => {
  const message =
    'The mock recorded no requests of the program. Create the mock with record: true, and send the requests to it.'
  await expect(replayFailures(mock, async () => 1)).rejects.toThrow(message)
  await using silent = await createMock({ services: ['dli'] })
  const client = createDliClient({ endpoint: silent.url('dli'), projectId: 'p', credentials: token('t') })
  await expect(replayFailures(silent, () => client.listBatches())).rejects.toThrow(message)
})

test('replayFailures rejects a run that does not send the request whose response is replaced', async () => {
  await using own = await createMock({ services: ['dli'], record: true })
  const client = createDliClient({ endpoint: own.url('dli'), projectId: 'p', credentials: token('t'), retry: false })
  let runs = 0
  const caching = async () => {
    // From the third run, the program uses a cache, so it sends no request.
    if (++runs < 3) await client.listBatches()
    await client.listSqlJobs()
    return 'done'
  }
  await expect(replayFailures(own, caching)).rejects.toThrow(
    /did not receive the response that replayFailures prepared for it: listBatches: .* of listBatches was 1\. In this run, it was 0\./,
  )
})
