import { ApiError, NetworkError, token } from '@jobscope/core'
import { createDliClient, type DliClient } from '@jobscope/dli'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createMock, type FaultRule, type Mock } from '../src/index.ts'

/** What a client makes of each thing that can go wrong with a call, and a wait of it with a look. */

// The wait before a retry is a random part of some time; so it is none.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  return () => vi.restoreAllMocks()
})

async function open(...faults: readonly FaultRule[]): Promise<{ mock: Mock; dli: DliClient }> {
  const mock = await createMock({ services: ['dli'], faults })
  onTestFinished(() => mock.close())
  return { mock, dli: createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') }) }
}

const createBatch = async (dli: DliClient): Promise<string> =>
  (await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })).id

const fates = (mock: Mock): string[] =>
  mock.requests.map(({ status, fault }) => `${status ?? 'none'} ${fault ?? 'fine'}`)

describe('a read is repeated', () => {
  test.each<FaultRule>([
    { fault: 'throttle', retryAfter: 0 },
    { fault: 'error', status: 503 },
    { fault: 'error', status: 502 },
    { fault: 'reset' },
    { fault: 'lost-response' },
    { fault: 'cut' },
  ])('after %j, twice', async rule => {
    const { mock, dli } = await open({ ...rule, on: 'getBatch', times: 2 })
    const id = await createBatch(dli)
    expect((await dli.getBatch({ batch_id: id })).id).toBe(id)
    expect(fates(mock).map(fate => fate.split(' ')[1])).toEqual(['fine', rule.fault, rule.fault, 'fine'])
  })

  test('while a slow answer is no reason to', async () => {
    const { mock, dli } = await open({ fault: 'slow-headers' }, { fault: 'slow-body' })
    await dli.listBatches()
    expect(fates(mock)).toEqual(['200 slow-headers'])
  })
})

describe('a call that creates is not', () => {
  test.each([
    ['lost-response', 1],
    ['reset', 0],
  ] as const)('%s: it may have happened, and %i job is there', async (fault, jobs) => {
    const { mock, dli } = await open({ fault })
    const error = await createBatch(dli).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ mayHaveHappened: true })
    expect([mock.requests.length, mock.jobs.size]).toEqual([1, jobs])
  })

  test('but for one that was throttled', async () => {
    const { mock, dli } = await open({ fault: 'throttle', times: 1, retryAfter: 0 })
    await createBatch(dli)
    expect([fates(mock), mock.jobs.size]).toEqual([['429 throttle', '200 fine'], 1])
  })
})

test('a failure inside 200 throws', async () => {
  const { dli } = await open({ fault: 'false-success', on: 'listSqlJobs' })
  const error = await dli.listSqlJobs().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 200 })
})

test('half of the JSON throws', async () => {
  const { dli } = await open({ fault: 'truncate' })
  await expect(dli.listBatches()).rejects.toThrow('JSON')
})

describe('a wait', () => {
  test('goes on over states that nobody documented, looks that fail, and answers that break off', async () => {
    const { mock, dli } = await open(
      { fault: 'unknown-state', on: 'getBatch', times: 2 },
      { fault: 'error', on: 'getBatch', times: 2 },
      { fault: 'cut', on: 'getBatch', times: 2 },
    )
    const seen: string[] = []
    const onPoll = ({ state }: { state: string }): void => void seen.push(state)
    const options = { clock: mock.clock, onPoll }
    await dli.waitForBatch({ batch_id: await createBatch(dli) }, options)
    expect(seen.slice(0, 2)).toEqual(['unknown', 'unknown'])
    expect(seen.at(-1)).toBe('succeeded')
  })

  test('for a job that is gone ends', async () => {
    const { mock, dli } = await open({ fault: 'job-deleted', on: 'getBatch', after: 2 })
    const wait = dli.waitForBatch({ batch_id: await createBatch(dli) }, { clock: mock.clock })
    await expect(wait).rejects.toMatchObject({ kind: 'not-found' })
  })
})
