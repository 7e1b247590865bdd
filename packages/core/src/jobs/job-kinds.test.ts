import { expect, test, vi } from 'vitest'
import { service } from '../../test/service.ts'
import { createTestClient, respond } from '../../test/test-client.ts'
import { cancelJob } from './cancel.ts'
import { getJob } from './get.ts'
import { getJobKinds } from './job-kinds.ts'
import { readJob } from './read-job.ts'
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

test('a client contains everything that is needed to handle its jobs', async () => {
  const { client, requests } = createTestClient([respond({ job: { id: 7, state: 'run' } }), respond({})])
  const value: object = withJobs(client, { service, pageRules: {}, jobs: kinds })
  const kind = getJobKinds(value)['job']
  if (!kind) throw new Error('no such kind')
  const job = readJob(kind, await getJob({ client: value, kind, args: { job_id: '7' } }))
  expect(job).toMatchObject({ state: 'running', key: { job_id: '7' } })
  await cancelJob({ client: value, kind, args: job.key })
  expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'GET /v1/p1/jobs/7',
    'DELETE /v1/p1/jobs/7',
  ])
})

test('the job kinds are not among the methods of a client, and another copy of the package can read the kinds', async () => {
  const client = withJobs(createTestClient([]).client, { service, pageRules: {}, jobs: kinds })
  expect(Object.values(client).every(member => typeof member === 'function' || member === client.http)).toBe(true)
  vi.resetModules()
  const copy = await import('./job-kinds.ts')
  expect(copy.getJobKinds).not.toBe(getJobKinds)
  expect(copy.getJobKinds(client)).toBe(kinds)
})

test('returns no kinds for a client without jobs', () => {
  expect(getJobKinds(createTestClient([]).client)).toEqual({})
})
