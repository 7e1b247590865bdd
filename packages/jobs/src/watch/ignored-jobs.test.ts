import { expect, test } from 'vitest'
import { addIgnoredJob, completeScan, createIgnoredJobs, isIgnoredJob } from './ignored-jobs.ts'

const hour = 3_600_000

test('recognizes a recent ignored job by its reference and an old one by its age', () => {
  const jobs = createIgnoredJobs()
  addIgnoredJob(jobs, 'a', 100 * hour)
  completeScan(jobs, true)
  expect(isIgnoredJob(jobs, 'a', 100 * hour)).toBe(true)
  // A list can show a new job late. So a job can be new although it is a little older than the newest job.
  expect(isIgnoredJob(jobs, 'b', 99.5 * hour)).toBe(false)
  expect(isIgnoredJob(jobs, 'c', 98 * hour)).toBe(true)
  expect(isIgnoredJob(jobs, 'd', undefined)).toBe(false)
})

test('a job that is much older than the newest job is ignored only after the scan is completed', () => {
  const jobs = createIgnoredJobs()
  addIgnoredJob(jobs, 'a', 100 * hour)
  completeScan(jobs, true)
  addIgnoredJob(jobs, 'b', 110 * hour)
  expect(isIgnoredJob(jobs, 'c', 102 * hour)).toBe(false)
  completeScan(jobs, true)
  expect(isIgnoredJob(jobs, 'd', 102 * hour)).toBe(true)
})

test('recognizes jobs only by their references if the jobs have no order', () => {
  const jobs = createIgnoredJobs()
  addIgnoredJob(jobs, 'a', 100 * hour)
  completeScan(jobs, false)
  expect(isIgnoredJob(jobs, 'c', 1)).toBe(false)
})

test('keeps only the references of the last hour', () => {
  const jobs = createIgnoredJobs()
  for (let index = 0; index < 10_000; index++) {
    addIgnoredJob(jobs, `job ${index}`, index * 60_000)
    completeScan(jobs, true)
  }
  expect(jobs.times.size).toBeLessThan(1100)
  expect(isIgnoredJob(jobs, 'job 9999', 9999 * 60_000)).toBe(true)
  expect(isIgnoredJob(jobs, 'job 0', 0)).toBe(true)
})
