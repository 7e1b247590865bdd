import { expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import { createTestClient, respond } from '../../test/test-client.ts'
import type { PollEvent } from '../http/hooks.ts'
import type { WaitOptions } from './wait-options.ts'
import { withJobs } from './with-jobs.ts'

const jobs = {
  'sql-job': {
    key: { job_id: '/id' },
    get: { operation: 'getJob', at: '' },
    fields: { state: '/state' },
    polling: { interval: 1, maxInterval: 2 },
    states: { run: 'running', ok: 'succeeded' },
  },
} as const

test('adds a wait method for each kind of job, and .all() to each list method', async () => {
  const { client, clock } = createTestClient([
    respond({ state: 'run' }),
    respond({ state: 'ok' }),
    respond({ jobs: [{ id: 1 }], total: 1 }),
  ])
  const page = { style: 'page', param: 'page', items: '/jobs', total: '/total' } as const
  const full = withJobs(client, { service, pageRules: { listJobs: page }, jobs, options: { clock } }) as unknown as {
    waitForSqlJob(args: object): Promise<unknown>
    listJobs: { all(): AsyncIterable<unknown> }
    getJob: { all?: unknown }
  }
  expect(await full.waitForSqlJob({ job_id: 'j' })).toEqual({ state: 'ok' })
  expect(full.getJob.all).toBeUndefined()
  const items: unknown[] = []
  for await (const item of full.listJobs.all()) items.push(item)
  expect(items).toEqual([{ id: 1 }])
})

test('a wait uses the clock and the hooks of the client if its own are undefined', async () => {
  const { client, clock } = createTestClient([respond({ state: 'run' }), respond({ state: 'ok' })])
  const polled: string[] = []
  const hooks = { onPoll: ({ job }: PollEvent) => polled.push(job.rawState) }
  const full = withJobs(client, { service, pageRules: {}, jobs, options: { clock, hooks } }) as unknown as {
    waitForSqlJob(args: object, options: WaitOptions): Promise<unknown>
  }
  await full.waitForSqlJob({ job_id: 'j' }, { clock: undefined, hooks: undefined })
  expect(polled).toEqual(['run', 'ok'])
  expect(clock.now()).toBeGreaterThan(0)
})
