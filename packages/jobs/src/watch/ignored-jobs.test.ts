import { expect, test } from 'vitest'
import { closedJobs } from './ignored-jobs.ts'

const hour = 3_600_000

test('a job is known by its ref, an old one by its age', () => {
  const closed = closedJobs(true)
  closed.add('a', 100 * hour)
  expect(closed.has('a', 100 * hour)).toBe(true)
  // Lists may show a job late: one that is a little older than the newest is new all the same.
  expect(closed.has('b', 99.5 * hour)).toBe(false)
  expect(closed.has('c', 98 * hour)).toBe(true)
  expect(closed.has('d', undefined)).toBe(false)
})

test('without an order only the ref counts', () => {
  const closed = closedJobs(false)
  closed.add('a', 100 * hour)
  expect(closed.has('c', 1)).toBe(false)
})

test('however many there were, only the refs of the last hour are kept', () => {
  const closed = closedJobs(true)
  for (let index = 0; index < 10_000; index++) closed.add(`job ${index}`, index * 60_000)
  expect(closed.size).toBeLessThan(1100)
  expect(closed.has('job 9999', 9999 * 60_000)).toBe(true)
  expect(closed.has('job 0', 0)).toBe(true)
})
