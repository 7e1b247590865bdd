import type { Clock } from '@jobscope/mock'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { createJobs } from '../src/index.ts'
import { createDli } from './set-up.ts'

const minute = 60_000
const day = 24 * 60 * minute
const startTime = 1_720_000_000_000

/** A change to the mock. `at` is in ms after the start of the test. */
interface ScheduledChange {
  readonly at: number
  readonly apply: () => void
}

/** Creates a clock that applies scheduled changes while it advances. At each sleep it records the number of requests so far. */
function createScheduledClock(
  changes: ScheduledChange[],
  getRequestCount: () => number,
): Clock & { readonly requestCounts: number[] } {
  let time = startTime
  const requestCounts: number[] = []
  const advance = (ms: number) => {
    const end = time + Math.ceil(ms)
    while (changes[0] && startTime + changes[0].at <= end) {
      const change = changes.shift()
      time = startTime + (change?.at ?? 0)
      change?.apply()
    }
    time = end
  }
  return {
    requestCounts,
    now: () => time,
    advance,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      requestCounts.push(getRequestCount())
      advance(ms)
    },
    perPoll: false,
  }
}

test('watches 1,000 jobs over a day without missing a state change, with at most 12 requests per poll', async () => {
  const changes: ScheduledChange[] = []
  let getRequestCount = () => 0
  const clock = createScheduledClock(changes, () => getRequestCount())
  const mock = await createMock({ services: ['dli'], clock, seedJobs: 3000, requestLimit: 1_000_000 })
  onTestFinished(() => mock.close())
  getRequestCount = () => mock.requests.length
  const refs = mock.jobs.list('dli:batch').map(({ ref }) => ref)
  expect(refs).toHaveLength(1000)

  const expectedEvents = new Map<string, string[]>()
  refs.forEach((ref, index) => {
    mock.jobs.setScenario(ref, ['starting'])
    // All states of a job last equally long: 9 to 60 minutes. The number of states is limited by the length of the day.
    const stateDuration = 9 + ((index * 7) % 52)
    const begin = (index * 7919) % stateDuration
    const stateCount = Math.min(Math.floor((1435 - begin) / stateDuration), 3 + (index % 60))
    const lastState = index % 5 ? 'success' : 'dead'
    const states = Array.from({ length: stateCount }, (_, step) =>
      step === stateCount - 1 ? lastState : step % 2 ? 'recovering' : 'running',
    )
    states.forEach((state, step) => {
      changes.push({
        at: (begin + step * stateDuration) * minute,
        apply: () => mock.jobs.setScenario(ref, [state]),
      })
    })
    const changeEvents = states.slice(0, -1).map(state => `changed ${state}`)
    expectedEvents.set(ref, ['appeared starting', ...changeEvents, `ended ${lastState}`])
  })
  changes.sort((a, b) => a.at - b.at)

  const jobs = createJobs({ dli: createDli(mock) }, { clock })
  const events = new Map<string, string[]>(refs.map(ref => [ref, []]))
  for await (const event of jobs.watch(refs, { interval: '4m', maxInterval: '1h' })) {
    if (event.type === 'error' || event.type === 'gone') throw new Error('unexpected event', { cause: event })
    // A job counts as ended only after it has been in the state `dead` for some time. If a poll finds the state before this time has
    // passed, the watch yields an event `changed`, and an event `ended` later. Otherwise the watch yields only the event `ended`.
    if (event.type === 'changed' && event.job.rawState === 'dead') continue
    events.get(event.job.ref)?.push(`${event.type} ${event.job.rawState}`)
  }
  expect(Object.fromEntries(events)).toEqual(Object.fromEntries(expectedEvents))
  const { requestCounts } = clock
  const requestsPerPoll = requestCounts.map((count, poll) => count - (requestCounts[poll - 1] ?? 0))
  expect(Math.max(...requestsPerPoll)).toBeLessThanOrEqual(12)
  expect(clock.now() - startTime).toBeGreaterThan(0.9 * day)
}, 600_000)
