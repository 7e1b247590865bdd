import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPollState, type JobEvent, type PollOptions, type PollState, pollOnce } from '../src/index.ts'
import { createBatchService } from './batch-service.ts'

const minute = 60_000
const hour = 60 * minute

const summarize = (event: JobEvent) => ('job' in event ? `${event.type} ${event.job.id}` : event.type)

/** Sets up a service with batches. The oldest batches have ended, the other batches are running. */
function setUp({ running = 0, ended = 0 }: { readonly running?: number; readonly ended?: number } = {}) {
  const { service, kind } = createBatchService()
  const { now: start } = service
  for (let index = 0; index < ended + running; index++) {
    const createdAt = start - (ended + running - index) * 1000
    const endedAt = index < ended ? createdAt + 500 : start + 10 * hour
    service.add({ id: `b${index}`, createdAt, runningAt: createdAt + 100, endedAt })
  }
  const poll = (state: PollState, options: Partial<PollOptions> = {}) =>
    pollOnce(kind, state, { now: () => service.now, random: () => 1, ...options })
  return { service, start, poll, createState: () => createPollState(service.now) }
}

test('the same responses, times and random numbers give the same result', async () => {
  const run = async () => {
    const { service, start, poll, createState } = setUp({ running: 250, ended: 250 })
    const state = createState()
    const results: unknown[] = []
    for (let index = 0; index < 20; index++) {
      const { events, nextDue = 0, requests } = await poll(state, { budget: 3, random: () => 0.5 })
      results.push([events.map(summarize), nextDue - start, requests])
      service.now = Math.max(service.now + 1, nextDue)
    }
    return results
  }
  expect(await run()).toEqual(await run())
})

test('a job that recovered and failed again between two polls gets the settling time of the later failure', async () => {
  const { service, start, poll } = setUp({ running: 1 })
  const state = createPollState(start, ['dli:batch:b0'])
  const pollAt = async (seconds: number, failedAt: number) => {
    service.now = start + seconds * 1000
    service.deadSince = start + failedAt * 1000
    return (await poll(state)).events.map(summarize)
  }
  expect(await pollAt(1, 0)).toEqual(['appeared b0'])
  expect(await pollAt(50, 40)).toEqual([])
  expect(await pollAt(100, 40)).toEqual([])
  expect(await pollAt(110, 40)).toEqual(['ended b0'])
})

describe('the budget', () => {
  test('a budget limits the requests of each poll, and the next poll continues the first scan at the next page', async () => {
    const { service, poll, createState } = setUp({ running: 950 })
    const appeared: string[] = []
    const requests: number[] = []
    let state = createState()
    do {
      const result = await poll(state, { budget: 2 })
      appeared.push(...result.events.map(summarize))
      requests.push(result.requests)
      expect(result.nextDue).toBeGreaterThanOrEqual(service.now)
      // The state is plain data, which can be stored between two polls.
      state = structuredClone(result.state)
    } while (state.round)
    expect(appeared).toHaveLength(950)
    expect(new Set(appeared).size).toBe(950)
    expect(requests).toEqual([2, 2, 2, 2, 2])
    expect(service.requests).toBe(10)
  })

  test('after the budget is spent, the next poll reads only the remaining jobs', async () => {
    const { service, kind } = createBatchService()
    const { now: start } = service
    const ids = Array.from({ length: 30 }, (_, index) => `b${index}`)
    for (const id of ids) service.add({ id, createdAt: start, runningAt: start, endedAt: start + hour })
    const state = createPollState(
      start,
      ids.slice(0, 2).map(id => `dli:batch:${id}`),
    )
    const first = await pollOnce(kind, state, { now: () => service.now, budget: 1 })
    expect(first.events.map(summarize)).toEqual(['appeared b0'])
    expect(first.nextDue).toBe(start)
    const second = await pollOnce(kind, state, { now: () => service.now, budget: 5 })
    expect(second.events.map(summarize)).toEqual(['appeared b1'])
    expect(second.requests).toBe(1)
    expect(second.nextDue).toBeGreaterThan(start)
  })

  test('a budget of zero allows no request and no change', async () => {
    const { service, poll, createState } = setUp({ running: 5 })
    const { events, requests, changedRefs } = await poll(createState(), { budget: 0 })
    expect({ events, requests, changed: changedRefs.size, sent: service.requests }).toEqual({
      events: [],
      requests: 0,
      changed: 0,
      sent: 0,
    })
  })
})

test('a first scan that failed continues at the same page, but starts again at the first page after three failures', async () => {
  const { service, poll, createState } = setUp({ running: 350 })
  const state = createState()
  await poll(state, { budget: 2 })
  service.failing.add(3)
  const failed = await poll(state)
  expect(failed.events.map(summarize)).toEqual(['error'])
  expect(failed.nextDue).toBeGreaterThan(service.now)
  expect((await poll(state)).requests).toBe(2)

  const other = createState()
  await poll(other, { budget: 2 })
  service.failing = new Set([1, 2, 3].map(number => service.requests + number))
  for (let index = 0; index < 3; index++) await poll(other)
  expect((await poll(other)).requests).toBe(4)
})

test('jobs that end during a long first scan cause an event, but jobs that had ended before the scan cause no event', async () => {
  const { service, start, poll, createState } = setUp({ running: 1, ended: 200 })
  service.add({ id: 'late', createdAt: start - hour, runningAt: start - hour, endedAt: start + minute })
  const state = createState()
  const first = await poll(state, { budget: 1, endedSince: start })
  expect(first.events.map(summarize)).toEqual(['appeared b200'])
  service.now += hour
  const second = await poll(state, { endedSince: start })
  expect(second.events.map(summarize)).toEqual(['ended late'])
})

describe('a scan reads all pages', () => {
  test('if the filter has changed, and the poll stops watching jobs that do not match', async () => {
    const { service, start, poll, createState } = setUp({ ended: 250 })
    const add = (id: string, name: string) =>
      service.add({ id, name, createdAt: start - hour, runningAt: start - hour, endedAt: start + hour })
    add('r1', 'nightly')
    add('r2', 'report')
    const state = createState()
    expect((await poll(state, { filter: { name: 'nightly' } })).events.map(summarize)).toEqual(['appeared r1'])
    service.now++
    expect((await poll(state, { filter: { name: 'report' } })).events.map(summarize)).toEqual(['appeared r2'])
    service.now = start + 2 * hour
    const { events, requests } = await poll(state, { filter: { name: 'report' } })
    expect(events.map(summarize)).toEqual(['ended r2'])
    expect(requests).toBeLessThan(3)
  })

  test('after ten scans of the first pages, if jobs of the kind can be started again', async () => {
    const { service, kind } = createBatchService()
    const { now: start } = service
    for (let index = 0; index < 150; index++) {
      const createdAt = start - (150 - index) * 1000
      service.add({ id: `b${index}`, createdAt, runningAt: createdAt, endedAt: createdAt + 500 })
    }
    const restartable = { ...kind, rules: { ...kind.rules, endsByItself: false as const } }
    const state = createPollState(start)
    const poll = () => pollOnce(restartable, state, { now: () => service.now, random: () => 1 })
    expect((await poll()).events).toEqual([])
    service.add({ id: 'b3', createdAt: start - 147_000, runningAt: start, endedAt: start + hour })
    const appeared: string[] = []
    const requests: number[] = []
    while (appeared.length === 0 && requests.length < 30) {
      const result = await poll()
      appeared.push(...result.events.map(summarize))
      requests.push(result.requests)
      service.now = Math.max(service.now + 1, result.nextDue ?? 0)
    }
    expect(appeared).toEqual(['appeared b3'])
    // Only the last scan reads the second page.
    expect(new Set(requests.slice(0, -1))).toEqual(new Set([0, 1]))
    expect(requests.at(-1)).toBe(2)
    expect(requests.length).toBeLessThan(15)
  })
})

test('after the clock was set back, the jobs and the lists are polled at once', async () => {
  const { service, start, poll, createState } = setUp({ running: 5 })
  const state = createState()
  const { nextDue = 0 } = await poll(state)
  service.now = start - hour
  service.add({ id: 'new', createdAt: service.now, runningAt: service.now, endedAt: start + 2 * hour })
  const result = await poll(state)
  expect(result.events.map(summarize)).toContain('appeared new')
  expect(result.nextDue).toBeLessThanOrEqual(service.now + nextDue - start + minute)
  // A round that was not complete when the clock was set back must not poll the same jobs forever.
  const other = createState()
  service.now = start
  await poll(other, { budget: 0 })
  service.now = start - hour
  await poll(other)
  expect(other.round).toBeUndefined()
})

test('a job that can never be read slows neither the polls of the other jobs nor the scans', async () => {
  const { service, start, poll } = setUp({ running: 9 })
  service.broken.add('b8')
  const state = createPollState(
    start,
    Array.from({ length: 9 }, (_, index) => `dli:batch:b${index}`),
  )
  service.pageSize = 1
  const errors: JobEvent[] = []
  for (let index = 0; index < 5; index++) {
    const { events, nextDue = 0 } = await poll(state)
    errors.push(...events.filter(({ type }) => type === 'error'))
    expect(state.failuresInRow).toBe(0)
    service.now = nextDue
  }
  expect(errors[0]).toMatchObject({ ref: 'dli:batch:b8', count: 1 })
})

test('a scan is complete even if every request for a single job fails', async () => {
  const { service, start, poll, createState } = setUp({ running: 3 })
  const state = createState()
  await poll(state)
  for (const id of ['b0', 'b1', 'b2']) service.broken.add(id)
  service.pageSize = 1
  service.now = start + minute
  const { events } = await poll(state)
  expect(events.map(summarize)).toEqual(['error'])
  expect(state.scan?.completeAsOf).toBe(service.now)
})

test('changedRefs names the jobs whose state has changed', async () => {
  const { service, start, poll, createState } = setUp({ running: 2 })
  const state = createState()
  expect([...(await poll(state)).changedRefs].toSorted()).toEqual(['dli:batch:b0', 'dli:batch:b1'])
  expect([...(await poll(state, { budget: 0 })).changedRefs]).toEqual([])
  service.now = start + 10 * hour
  expect([...(await poll(state)).changedRefs].toSorted()).toEqual(['dli:batch:b0', 'dli:batch:b1'])
  expect(state.watched.size).toBe(0)
})

test('with random pauses, budgets and failures, reports the end of each job exactly once', async () => {
  const duration = fc.integer({ min: 0, max: 6 * hour })
  const batch = fc.record({
    createdAfter: fc.integer({ min: 1, max: 3 * 24 * hour }),
    startsIn: duration,
    runsFor: duration,
  })
  const step = fc.record({
    pause: fc.oneof(fc.integer({ min: 0, max: 5 * minute }), fc.integer({ min: 0, max: 12 * hour })),
    budget: fc.integer({ min: 1, max: 6 }),
    failures: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
  })
  const input = [
    fc.array(batch, { maxLength: 300, size: 'max' }),
    fc.array(step, { maxLength: 30, size: 'max' }),
  ] as const
  await fc.assert(
    fc.asyncProperty(...input, async (batches, steps) => {
      const { service, start, poll, createState } = setUp({ running: 20 })
      service.pageSize = 5
      batches.forEach(({ createdAfter, startsIn, runsFor }, index) => {
        const createdAt = start + createdAfter
        const runningAt = createdAt + startsIn
        service.add({ id: `new${index}`, createdAt, runningAt, endedAt: runningAt + runsFor })
      })
      let state = createState()
      const ended: string[] = []
      const run = async (budget: number) => {
        const { events, nextDue, ...result } = await poll(state, { budget, endedSince: start })
        for (const event of events) if (event.type === 'ended') ended.push(event.job.id)
        state = structuredClone(result.state)
        return nextDue ?? service.now
      }
      for (const { pause, budget, failures } of steps) {
        service.failing = new Set(failures.map(number => service.requests + number))
        service.now = Math.max(service.now + pause, await run(budget))
      }
      service.failing.clear()
      service.now = start + 10 * 24 * hour
      // The last poll may have continued a round that began earlier. Only a new round searches for the newest jobs.
      for (let completeRounds = 0; completeRounds < 4; ) {
        service.now = (await run(10)) + 1
        if (!state.round) completeRounds++
      }
      expect(ended.toSorted()).toEqual(
        [
          ...batches.map((_, index) => `new${index}`),
          ...Array.from({ length: 20 }, (_, index) => `b${index}`),
        ].toSorted(),
      )
    }),
    { numRuns: 30, endOnFailure: true },
  )
})
