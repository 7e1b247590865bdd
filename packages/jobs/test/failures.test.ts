import { type Clock, WaitTimeoutError } from '@jobscope/core'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { createJobs, ListError, type ListFailure } from '../src/index.ts'
import { clientsOf, collect } from './set-up.ts'

/** DLI is down, CS throttles, RES never answers; ModelArts is well. `patience` is the clock of the client that waits for RES. */
async function trouble(patience: Clock) {
  const mock = await createMock({
    seedJobs: 900,
    faults: [
      { fault: 'reset', on: 'dli' },
      { fault: 'throttle', on: 'cs', retryAfter: 300 },
      { fault: 'stall', on: 'res' },
    ],
  })
  onTestFinished(() => mock.close())
  const clients = clientsOf(mock, { dli: { retry: false }, res: { retry: false, clock: patience } })
  const well = mock.jobs.list().filter(({ ref }) => ref.startsWith('modelarts:'))
  return { mock, well, jobs: createJobs(clients, { clock: mock.clock }) }
}

/** However long anything takes, its time is over at once. */
const hasty: Clock = {
  now: () => 0,
  sleep: () => new Promise(resolve => setImmediate(resolve)),
}

/** Nothing that takes long is ever over. */
const endless: Clock = { now: () => 0, sleep: () => new Promise(() => {}) }

const told = (failures: readonly ListFailure[]) =>
  failures.map(({ service, kind, error }) => `${service}:${kind} ${(error as Error).name}`).toSorted()

const expected = [
  'cs:job RateLimitError',
  'dli:batch NetworkError',
  'dli:flink-job NetworkError',
  'dli:sql-job NetworkError',
  'res:job TimeoutError',
  'res:job-instance TimeoutError',
]

test('a list has the jobs of the others, and ends with the errors', async () => {
  const { well, jobs } = await trouble(hasty)
  const seen: string[] = []
  const error = await (async () => {
    for await (const { ref } of jobs.list()) seen.push(ref)
  })().catch((error: unknown) => error)
  expect(seen.toSorted()).toEqual(well.map(({ ref }) => ref).toSorted())
  if (!(error instanceof ListError)) throw error
  expect(told(error.failures)).toEqual(expected)
  expect(error.message).toContain('give onError to go on without them')
})

test('with onError a list ends well', async () => {
  const { well, jobs } = await trouble(hasty)
  const failures: ListFailure[] = []
  const seen = await collect(jobs.list({ onError: failure => failures.push(failure) }))
  expect(seen).toHaveLength(well.length)
  expect(told(failures)).toEqual(expected)
})

test('a watch tells of the others while one never answers, and goes on when it is well again', async () => {
  const { mock, well, jobs } = await trouble(endless)
  for (const { ref } of well) mock.jobs.setScenario(ref, 'hang')
  const appeared = new Set<string>()
  const failures: ListFailure[] = []
  let recovered = false
  for await (const event of jobs.watch({})) {
    if (event.type === 'error') failures.push(event)
    else if (event.type === 'appeared') appeared.add(event.job.ref)
    if (well.every(({ ref }) => appeared.has(ref)) && failures.length >= 4) mock.faults.clear()
    recovered ||= [...appeared].some(ref => ref.startsWith('dli:'))
    if (recovered) break
  }
  expect(new Set(told(failures))).toEqual(new Set(expected.filter(failure => !failure.startsWith('res'))))
})

test('a wait goes on over what passes, and ends with what does not', async () => {
  const mock = await createMock({ seedJobs: 90 })
  onTestFinished(() => mock.close())
  const jobs = createJobs(clientsOf(mock, { dli: { retry: false } }), { clock: mock.clock })
  const refs = mock.jobs.list('dli:batch').map(({ ref }) => ref)
  for (const ref of refs) mock.jobs.setScenario(ref, 'run')
  mock.faults.set([{ fault: 'reset', times: 8 }])
  expect((await jobs.wait(refs)).map(({ state }) => state)).toEqual(refs.map(() => 'succeeded'))
  for (const ref of refs) mock.jobs.setScenario(ref, 'hang')
  // Every other look fails, for an hour.
  mock.faults.set([{ fault: 'reset', rate: 0.5 }])
  await expect(jobs.wait(refs, { timeout: '1h' })).rejects.toThrow(WaitTimeoutError)
  mock.faults.set([{ fault: 'reset' }])
  await expect(jobs.wait(refs)).rejects.toThrow('no answer: ECONNRESET')
})
