import { expect, test, vi } from 'vitest'
import { harness, json } from '../../test/harness.ts'
import { service } from '../../test/service.ts'
import { cancelJob } from './cancel.ts'
import { readJob } from './job.ts'
import { getJobKinds } from './job-kinds.ts'
import { getJob } from './wait.ts'
import { withJobs } from './with-jobs.ts'

const kinds = {
  job: {
    key: { job_id: '/id' },
    get: { operation: 'getJob', at: '/job' },
    cancel: { operation: 'deleteJob' },
    fields: { state: '/state' },
    polling: { interval: 1, maxInterval: 2 },
    states: { run: 'running' },
  },
} as const

test('whoever is given a client can work on its jobs', async () => {
  const { client, seen } = harness([json({ job: { id: 7, state: 'run' } }), json({})])
  const value: object = withJobs(client, service, kinds)
  const kind = getJobKinds(value)['job']
  if (!kind) throw new Error('no such kind')
  const job = readJob(kind, await getJob(value, kind, { job_id: '7' }))
  expect(job).toMatchObject({ state: 'running', key: { job_id: '7' } })
  await cancelJob(value, kind, job.key)
  expect(seen.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'GET /v1/p1/jobs/7',
    'DELETE /v1/p1/jobs/7',
  ])
})

test('the kinds do not show among the methods, and another copy of the package finds them', async () => {
  const client = withJobs(harness([]).client, service, kinds)
  expect(Object.values(client).every(member => typeof member === 'function' || member === client.http)).toBe(true)
  vi.resetModules()
  const copy = await import('./job-kinds.ts')
  expect(copy.getJobKinds).not.toBe(getJobKinds)
  expect(copy.getJobKinds(client)).toBe(kinds)
})

test('a client without jobs has none', () => {
  expect(getJobKinds(harness([]).client)).toEqual({})
})
