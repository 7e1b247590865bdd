import { expect, test } from 'vitest'
import { getJobTime } from '../src/job-lists.ts'
import { collect, setUp } from './set-up.ts'

const expectNewestFirst = (times: readonly (number | undefined)[]) => {
  const known = times.filter(time => time !== undefined)
  expect(known).toEqual(known.toSorted((a, b) => b - a))
}

test('lists 5,000 jobs of all kinds and services once each, newest first', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 5000 })
  const all = await collect(jobs.list())
  expect(all.map(({ ref }) => ref).toSorted()).toEqual(
    mock.jobs
      .list()
      .map(({ ref }) => ref)
      .toSorted(),
  )
  expect(new Set(all.map(({ service, kind }) => `${service}:${kind}`)).size).toBe(jobs.kinds.length)
  expectNewestFirst(all.map(getJobTime))
})

test('requests pages only when they are needed', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 5000 })
  const some = await collect(jobs.list({ services: ['dli', 'modelarts'], limit: 20 }))
  expect(some).toHaveLength(20)
  // The list requests one page for each of the six kinds.
  expect(mock.requests).toHaveLength(6)
})

test('with a limit of 0, sends no request and returns no job', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  expect(await collect(jobs.list({ limit: 0 }))).toEqual([])
  expect(mock.requests).toEqual([])
  expect(await collect(jobs.list({ limit: 1 }))).toHaveLength(1)
})

test('filters by state, kind, service and name', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 900 })
  const failed = await collect(jobs.list({ state: 'failed', kinds: ['dli:batch', 'training'] }))
  const expected = mock.jobs.list().filter(({ kind, state }) => /:(batch|training)$/.test(kind) && state === 'failed')
  expect(failed.map(({ ref }) => ref).toSorted()).toEqual(expected.map(({ ref }) => ref).toSorted())

  const states = ['running', 'queued'] as const
  for (const { state } of await collect(jobs.list({ state: states, services: ['cs'] }))) expect(states).toContain(state)

  const names = (await collect(jobs.list({ name: 'BATCH-1', kinds: ['batch'] }))).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(1)
  for (const name of names) expect(name).toMatch(/^batch-1/)
  expect(await collect(jobs.list({ name: /^batch-1$/ }))).toHaveLength(1)
})

test('does not return jobs that are older than `since`, and does not request their pages', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9000 })
  const since = new Date(mock.clock.now() - 60_000)
  const some = await collect(jobs.list({ kinds: ['dli:batch'], since }))
  const expected = mock.jobs.list('dli:batch').filter(({ createdAt }) => createdAt >= since.getTime())
  expect(some.map(({ ref }) => ref).toSorted()).toEqual(expected.map(({ ref }) => ref).toSorted())
  expect(expected.length).toBeGreaterThan(5)
  expect(mock.requests.length).toBe(1 + Math.floor(expected.length / 100))
})

test('a list that is aborted rejects with the reason of the abort', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 3000 })
  const controller = new AbortController()
  const list = jobs.list({ signal: controller.signal, onError: () => {} })
  await list.next()
  controller.abort(new Error('stopped'))
  await expect(collect(list)).rejects.toThrow('stopped')
  expect(mock.requests.length).toBeLessThan(25)
})

test('rejects an unknown service or kind', async () => {
  const { jobs } = await setUp()
  await expect(collect(jobs.list({ services: ['ecs'] }))).rejects.toThrow(
    'Unknown service "ecs". Expected one of: dli, modelarts, cs, res.',
  )
  await expect(collect(jobs.list({ kinds: ['spark'] }))).rejects.toThrow(
    'Unknown kind of job "spark". Expected one of: ',
  )
})
