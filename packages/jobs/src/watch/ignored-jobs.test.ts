import { expect, test } from 'vitest'
import { createIgnoredJobs } from './ignored-jobs.ts'

const hour = 3_600_000

test('recognizes a recent job by its reference and an old one by its age', () => {
  const ignored = createIgnoredJobs({ hasOrder: true })
  ignored.add('a', 100 * hour)
  ignored.completeScan()
  expect(ignored.has('a', 100 * hour)).toBe(true)
  // A list can show a new job late. So a job that is a little older than the newest one can be new.
  expect(ignored.has('b', 99.5 * hour)).toBe(false)
  expect(ignored.has('c', 98 * hour)).toBe(true)
  expect(ignored.has('d', undefined)).toBe(false)
})

test('compares the age of a job only with the newest job of scans that were completed', () => {
  const ignored = createIgnoredJobs({ hasOrder: true })
  ignored.add('a', 100 * hour)
  ignored.completeScan()
  ignored.add('b', 110 * hour)
  expect(ignored.has('c', 102 * hour)).toBe(false)
  ignored.completeScan()
  expect(ignored.has('d', 102 * hour)).toBe(true)
})

test('recognizes jobs only by their references if they have no order', () => {
  const ignored = createIgnoredJobs({ hasOrder: false })
  ignored.add('a', 100 * hour)
  ignored.completeScan()
  expect(ignored.has('c', 1)).toBe(false)
})

test('keeps only the references of the last hour', () => {
  const ignored = createIgnoredJobs({ hasOrder: true })
  for (let index = 0; index < 10_000; index++) {
    ignored.add(`job ${index}`, index * 60_000)
    ignored.completeScan()
  }
  expect(ignored.size).toBeLessThan(1100)
  expect(ignored.has('job 9999', 9999 * 60_000)).toBe(true)
  expect(ignored.has('job 0', 0)).toBe(true)
})
