import { expect, test } from 'vitest'
import { timeOf } from '../src/source.ts'
import { collect, setUp } from './clients.ts'

test('every job of every service comes once, newest first', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 500 })
  const all = await collect(jobs.list())
  expect(all.map(({ ref }) => ref).toSorted()).toEqual(
    mock.jobs
      .list()
      .map(({ ref }) => ref)
      .toSorted(),
  )
  const times = all.map(timeOf).filter(time => time !== undefined)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})
