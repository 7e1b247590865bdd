import { describe, expect, test } from 'vitest'
import { createPollState, pollOnce } from '../src/index.ts'
import { createBatchService } from './batch-service.ts'

const hour = 3_600_000

/** Sets up a service with running batches. `poll` polls the batches with the given indices. Batch 0 is the newest. */
function setUp(count: number, indices: readonly number[]) {
  const { service, kind } = createBatchService()
  const { now: start } = service
  const add = (id: string, createdAt: number) =>
    service.add({ id, createdAt, runningAt: createdAt, endedAt: start + 10 * hour })
  for (let index = 0; index < count; index++) add(`b${index}`, start - index * 1000)
  const state = createPollState(
    start,
    indices.map(index => `dli:batch:b${index}`),
  )
  /** Polls the batches once, then advances the clock by half an hour. Returns the numbers of requests and events. */
  const poll = async () => {
    const before = service.requests
    const { events } = await pollOnce(kind, state, { now: () => service.now, random: () => 1 })
    service.now += hour / 2
    return { requests: service.requests - before, found: events.length }
  }
  return { service, start, add, poll, state }
}

describe('a poll of given jobs', () => {
  test.each([1, 2])('requests each of %i new jobs', async count => {
    const { poll } = setUp(
      300,
      Array.from({ length: count }, (_, index) => index),
    )
    expect(await poll()).toEqual({ requests: count, found: count })
  })

  test.each([3, 100])('finds %i new jobs with a single request for a page of the list', async count => {
    const { poll } = setUp(
      300,
      Array.from({ length: count }, (_, index) => index),
    )
    expect(await poll()).toEqual({ requests: 1, found: count })
    expect((await poll()).requests).toBe(1)
  })

  test('stops a search that has found nothing, and does not repeat it', async () => {
    const { poll } = setUp(600, [500, 501, 502])
    // The poll reads two pages, which contain none of the jobs. Then it requests each job.
    expect(await poll()).toEqual({ requests: 5, found: 3 })
    expect((await poll()).requests).toBe(3)
  })

  test('reads further pages as long as this saves requests', async () => {
    const { poll } = setUp(600, [0, 1, 2, 100, 101, 102, 200, 201, 202])
    expect(await poll()).toEqual({ requests: 3, found: 9 })
    expect((await poll()).requests).toBe(3)
  })

  test('requests the last remaining job directly instead of reading another page', async () => {
    const { poll } = setUp(600, [0, 1, 2, 3, 400])
    expect(await poll()).toEqual({ requests: 2, found: 5 })
    expect((await poll()).requests).toBe(2)
  })

  test('reads the page after the planned pages if new jobs have moved the watched jobs to that page', async () => {
    const { poll, add, service } = setUp(150, [0, 1, 2])
    expect((await poll()).requests).toBe(1)
    for (let index = 0; index < 100; index++) add(`new${index}`, service.now - 1000 - index)
    expect((await poll()).requests).toBe(2)
    expect((await poll()).requests).toBe(2)
  })

  test('ends at the last page of the list', async () => {
    const { poll } = setUp(50, [0, 1, 2])
    expect(await poll()).toEqual({ requests: 1, found: 3 })
  })
})

test('a job that the list contains twice, with different states, causes no event on every poll', async () => {
  const { kind, service } = createBatchService()
  const jobs = [
    { id: 'b1', state: 'running', create_time: service.now, update_time: service.now },
    { id: 'b1', state: 'success', create_time: service.now, update_time: service.now },
    { id: 'b2', state: 'success', create_time: service.now, update_time: service.now },
    { id: 'b2', state: 'running', create_time: service.now, update_time: service.now },
  ]
  const client = { ...kind.client, listBatches: async () => ({ sessions: jobs }) }
  const state = createPollState(service.now)
  const types: string[][] = []
  for (let poll = 0; poll < 4; poll++) {
    const options = { now: () => service.now, random: () => 1, endedSince: 0 }
    const { events } = await pollOnce({ ...kind, client }, state, options)
    types.push(events.map(({ type }) => type))
    service.now += hour
  }
  expect(types).toEqual([['appeared', 'ended'], [], [], []])
})
