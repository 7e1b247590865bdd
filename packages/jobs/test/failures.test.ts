import { type Clock, WaitTimeoutError } from '@jobscope/core'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { createJobs, isListError, ListError, type ListFailure } from '../src/index.ts'
import { collect, createClients } from './set-up.ts'

/**
 * Sets up services with faults: DLI resets connections, CS throttles requests, and RES never responds. ModelArts has no faults.
 *
 * @param resClock the clock for the timeouts of the RES client
 */
async function setUpWithFaults(resClock: Clock) {
  const mock = await createMock({
    seedJobs: 900,
    faults: [
      { fault: 'reset', on: 'dli' },
      { fault: 'throttle', on: 'cs', retryAfter: 300 },
      { fault: 'stall', on: 'res' },
    ],
  })
  onTestFinished(() => mock.close())
  const clients = createClients(mock, { dli: { retry: false }, res: { retry: false, clock: resClock } })
  const availableJobs = mock.jobs.list().filter(({ ref }) => ref.startsWith('modelarts:'))
  return { mock, availableJobs, jobs: createJobs(clients, { clock: mock.clock }) }
}

/** A clock on which every timeout expires immediately. */
const expiringClock: Clock = {
  now: () => 0,
  sleep: () => new Promise(resolve => setImmediate(resolve)),
}

/** A clock on which no timeout ever expires. */
const stoppedClock: Clock = { now: () => 0, sleep: () => new Promise(() => {}) }

const summarize = (failures: readonly ListFailure[]) =>
  failures.map(({ service, kind, error }) => `${service}:${kind} ${(error as Error).name}`).toSorted()

const expectedFailures = [
  'cs:job RateLimitError',
  'dli:batch NetworkError',
  'dli:flink-job NetworkError',
  'dli:sql-job NetworkError',
  'res:job TimeoutError',
  'res:job-instance TimeoutError',
]

test('list returns the jobs of the available services, then throws a ListError', async () => {
  const { availableJobs, jobs } = await setUpWithFaults(expiringClock)
  const seen: string[] = []
  const error = await (async () => {
    for await (const { ref } of jobs.list()) seen.push(ref)
  })().catch((error: unknown) => error)
  expect(seen.toSorted()).toEqual(availableJobs.map(({ ref }) => ref).toSorted())
  if (!(error instanceof ListError)) throw error
  expect(summarize(error.failures)).toEqual(expectedFailures)
  expect(error.message).toContain('Pass onError to get these failures in a callback')
})

test('a ListError names each list that failed, with the reason', () => {
  const failures = [
    { service: 'dli', kind: 'batch', error: new Error('no route') },
    { service: 'cs', kind: 'job', error: 'stopped' },
  ]
  const error = new ListError(failures)
  expect(error.message).toBe(
    'Some lists of jobs failed: dli:batch (no route), cs:job (stopped). Pass onError to get these failures in a callback instead of this error.',
  )
  expect(error.errors).toEqual([failures[0]?.error, 'stopped'])
})

test('isListError recognizes the errors of another copy of the package', () => {
  expect(isListError(new ListError([]))).toBe(true)
  expect(isListError(Object.assign(new Error(), { name: 'ListError', failures: [] }))).toBe(true)
  expect([undefined, new Error('x'), { name: 'ListError' }, { failures: [] }].map(isListError)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('list rejects with the error that onError rejects with', async () => {
  const { jobs } = await setUpWithFaults(expiringClock)
  const list = jobs.list({ onError: () => Promise.reject(new Error('disk full')) })
  await expect(collect(list)).rejects.toThrow('disk full')
})

test('list does not throw a ListError if onError is set', async () => {
  const { availableJobs, jobs } = await setUpWithFaults(expiringClock)
  const failures: ListFailure[] = []
  const seen = await collect(jobs.list({ onError: failure => failures.push(failure) }))
  expect(seen).toHaveLength(availableJobs.length)
  expect(summarize(failures)).toEqual(expectedFailures)
})

test('watch reports the jobs of the available services at once, and the jobs of a failed service after it has recovered', async () => {
  const { mock, availableJobs, jobs } = await setUpWithFaults(stoppedClock)
  for (const { ref } of availableJobs) mock.jobs.setScenario(ref, 'hang')
  const appeared = new Set<string>()
  const failures: ListFailure[] = []
  let recovered = false
  for await (const event of jobs.watch({})) {
    if (event.type === 'error') failures.push(event)
    else if (event.type === 'appeared') appeared.add(event.job.ref)
    if (availableJobs.every(({ ref }) => appeared.has(ref)) && failures.length >= 4) mock.faults.clear()
    recovered ||= [...appeared].some(ref => ref.startsWith('dli:'))
    if (recovered) break
  }
  expect(new Set(summarize(failures))).toEqual(new Set(expectedFailures.filter(failure => !failure.startsWith('res'))))
})

test('wait tolerates some transient errors, but rejects if every poll fails', async () => {
  const mock = await createMock({ seedJobs: 90 })
  onTestFinished(() => mock.close())
  const jobs = createJobs(createClients(mock, { dli: { retry: false } }), { clock: mock.clock })
  const refs = mock.jobs.list('dli:batch').map(({ ref }) => ref)
  for (const ref of refs) mock.jobs.setScenario(ref, 'run')
  mock.faults.set([{ fault: 'reset', times: 8 }])
  expect((await jobs.wait(refs)).map(({ state }) => state)).toEqual(refs.map(() => 'succeeded'))
  for (const ref of refs) mock.jobs.setScenario(ref, 'hang')
  // For an hour, about half of the requests fail.
  mock.faults.set([{ fault: 'reset', rate: 0.5 }])
  await expect(jobs.wait(refs, { timeout: '1h' })).rejects.toThrow(WaitTimeoutError)
  mock.faults.set([{ fault: 'reset' }])
  await expect(jobs.wait(refs)).rejects.toThrow('ECONNRESET')
})
