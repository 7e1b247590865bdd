import { ApiError, NetworkError, token } from '@jobscope/core'
import { createDliClient, type DliClient } from '@jobscope/dli'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createMock, type FaultRule, type Mock } from '../src/index.ts'

/** Tests how a client handles each fault: in a single call, and in a poll while the client waits for a job. */

// The delay before a retry is a random share of a maximum. With the random number 0, the client retries at once.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  return () => vi.restoreAllMocks()
})

async function startMock(...faults: readonly FaultRule[]): Promise<{ mock: Mock; dli: DliClient }> {
  const mock = await createMock({ services: ['dli'], faults })
  onTestFinished(() => mock.close())
  return { mock, dli: createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('t') }) }
}

const createBatch = async (dli: DliClient): Promise<string> =>
  (await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })).id

const getOutcomes = (mock: Mock): string[] =>
  mock.requests.map(({ status, fault }) => `${status ?? 'none'} ${fault ?? 'no-fault'}`)

describe('retries of read requests', () => {
  test.each<FaultRule>([
    { fault: 'throttle', retryAfter: 0 },
    { fault: 'error', status: 503 },
    { fault: 'error', status: 502 },
    { fault: 'reset' },
    { fault: 'lost-response' },
    { fault: 'cut' },
  ])('a client retries a read request twice after %j', async rule => {
    const { mock, dli } = await startMock({ ...rule, on: 'getBatch', times: 2 })
    const id = await createBatch(dli)
    expect((await dli.getBatch({ batch_id: id })).id).toBe(id)
    expect(getOutcomes(mock).map(outcome => outcome.split(' ')[1])).toEqual([
      'no-fault',
      rule.fault,
      rule.fault,
      'no-fault',
    ])
  })

  test('a slow response does not make a client retry a read request', async () => {
    const { mock, dli } = await startMock({ fault: 'slow-headers' }, { fault: 'slow-body' })
    await dli.listBatches()
    expect(getOutcomes(mock)).toEqual(['200 slow-headers'])
  })
})

describe('retries of requests that create a job', () => {
  test.each([
    ['lost-response', 1],
    ['reset', 0],
  ] as const)('a client does not retry createBatch after %s (jobs created: %i)', async (fault, jobs) => {
    const { mock, dli } = await startMock({ fault })
    const error = await createBatch(dli).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ mayHaveHappened: true })
    expect([mock.requests.length, mock.jobs.size]).toEqual([1, jobs])
  })

  test('a client retries createBatch after throttling', async () => {
    const { mock, dli } = await startMock({ fault: 'throttle', times: 1, retryAfter: 0 })
    await createBatch(dli)
    expect([getOutcomes(mock), mock.jobs.size]).toEqual([['429 throttle', '200 no-fault'], 1])
  })
})

test('a call throws if a 200 response reports a failure', async () => {
  const { dli } = await startMock({ fault: 'false-success', on: 'listSqlJobs' })
  const error = await dli.listSqlJobs().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 200 })
})

test('a call throws if the JSON of the response is truncated', async () => {
  const { dli } = await startMock({ fault: 'truncate' })
  await expect(dli.listBatches()).rejects.toThrow('JSON')
})

describe('a wait for a job', () => {
  test('a wait continues after undocumented states, failed polls and cut responses', async () => {
    const { mock, dli } = await startMock(
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

  test('a wait rejects if the job is deleted', async () => {
    const { mock, dli } = await startMock({ fault: 'job-deleted', on: 'getBatch', after: 2 })
    const wait = dli.waitForBatch({ batch_id: await createBatch(dli) }, { clock: mock.clock })
    await expect(wait).rejects.toMatchObject({ kind: 'not-found' })
  })
})
