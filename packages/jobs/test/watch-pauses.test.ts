import { token } from '@jobscope/core'
import { createResClient } from '@jobscope/res'
import { expect, test } from 'vitest'
import { createJobs, type JobEvent, type ServiceJob } from '../src/index.ts'
import { collect, createClients, setUp } from './set-up.ts'

const minute = 60_000
const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

test.each([
  [3, 7],
  [8, 17],
  [48, 250],
])('reports the ends of all jobs after a pause of %i hours with %i new jobs', async (hours, jobCount) => {
  const { mock, clients, jobs } = await setUp({ seedJobs: 300 })
  const watch = jobs.watch({ kinds: ['dli:batch'] })
  expect((await watch.next()).value).toMatchObject({ type: 'appeared' })

  const created = new Set<string>()
  for (let index = 0; index < jobCount; index++) {
    created.add((await clients.dli.createBatch(batch)).id)
    mock.clock.advance((hours * 60 * minute) / jobCount)
  }
  mock.clock.advance(10 * minute)

  const ended = new Set<string>()
  for await (const event of watch) {
    if (event.type === 'ended' && created.has(event.job.id)) ended.add(event.job.id)
    if (ended.size === created.size) break
  }
  expect(ended).toEqual(created)
})

test('reports the end of each job after a scan that failed in the middle', async () => {
  const { mock } = await setUp()
  const clients = createClients(mock, { dli: { retry: false } })
  const jobs = createJobs(clients, { clock: mock.clock })
  await clients.dli.createBatch(batch)
  const created = new Set<string>()
  const ended = new Set<string>()
  let hasFailed = false
  for await (const event of jobs.watch({ kinds: ['dli:batch'] })) {
    if (created.size === 0) {
      for (let index = 0; index < 250; index++) created.add((await clients.dli.createBatch(batch)).id)
      mock.clock.advance(8 * 60 * minute)
    }
    if (event.type === 'ended' && created.has(event.job.id)) ended.add(event.job.id)
    // The first page was read. The request for the next page fails.
    if (ended.size === 1 && !hasFailed) {
      hasFailed = true
      mock.faults.set([{ fault: 'reset', times: 1 }])
    }
    if (ended.size === created.size) break
  }
  expect(ended.size).toBe(250)
})

/** A clock on which no sleep ends. */
const stoppedClock = { now: () => 0, sleep: () => new Promise<void>(() => {}) }

test('return() settles at once, together with a pending next()', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  const watch = jobs.watch([`dli:batch:${id}`], { clock: stoppedClock })
  await watch.next()
  const pending = [watch.next(), watch.next()]
  expect(await watch.return?.()).toEqual({ done: true, value: undefined })
  for (const next of pending) expect(await next).toEqual({ done: true, value: undefined })
  expect(await watch.next()).toEqual({ done: true, value: undefined })
})

test('rejects an interval of zero', async () => {
  const { mock, jobs } = await setUp()
  for (const option of ['interval', 'maxInterval']) {
    const watch = jobs.watch({ kinds: ['dli:batch'] }, { [option]: '0s' })
    await expect(watch.next()).rejects.toMatchObject({ name: 'ConfigurationError', option })
  }
  expect(mock.requests).toEqual([])
})

test("with until: 'idle', the watch ends when all matching jobs of all kinds have ended", async () => {
  const { mock, clients, jobs } = await setUp()
  const start = mock.clock.now()
  const { id } = await clients.dli.createBatch(batch)
  const { job_id } = await clients.dli.submitSqlJob({ body: { sql: 'SELECT 1' } })
  const ended: string[] = []
  let created: string | undefined
  const summarize = (event: JobEvent) => (event.type === 'ended' ? event.job.ref : undefined)
  for await (const event of jobs.watch({ services: ['dli'] }, { until: 'idle' })) {
    created ??= (await clients.dli.createBatch(batch)).id
    const ref = summarize(event)
    if (ref) ended.push(ref)
  }
  expect(ended.toSorted()).toEqual([`dli:batch:${id}`, `dli:batch:${created}`, `dli:sql-job:${job_id}`].toSorted())
  expect(await collect(jobs.watch({ services: ['dli'] }, { until: 'idle' }))).toEqual([])
  // All kinds share the clock. A sleep for one kind also advances the clock for the others, so the number of polls depends on the speed of
  // the machine. A busy loop would send requests without advancing the clock, so this limit detects it.
  const elapsedSeconds = (mock.clock.now() - start) / 1000
  expect(mock.requests.length).toBeLessThan(20 + elapsedSeconds)
})

test('the filter `matches` selects jobs: other jobs cause no event, and until: idle does not wait for them', async () => {
  const { mock, clients, jobs } = await setUp()
  const create = async (queue: string) =>
    `dli:batch:${(await clients.dli.createBatch({ body: { ...batch.body, queue } })).id}`
  const [matching, hanging] = [await create('etl'), await create('other')]
  mock.jobs.setScenario(hanging, ['running'])
  const matches = ({ raw }: ServiceJob) => (raw as { queue?: string }).queue === 'etl'
  const summarize = (event: JobEvent) => ('job' in event ? event.job.ref : event)
  const refs = (await collect(jobs.watch({ matches }, { until: 'idle' }))).map(summarize)
  expect(new Set(refs)).toEqual(new Set([matching]))
  expect((await collect(jobs.list({ matches, limit: 1 }))).map(({ ref }) => ref)).toEqual([matching])
})

test("with until: 'idle', the watch ends even if the client lacks an argument that the lists of a kind require", async () => {
  const { mock, clients } = await setUp()
  const res = createResClient({ endpoint: mock.url('res'), projectId: 'p1', credentials: token('any') })
  const jobs = createJobs({ dli: clients.dli, res }, { clock: mock.clock })
  const { id } = await clients.dli.createBatch(batch)
  const events = await collect(jobs.watch({ kinds: ['dli:batch', 'res:job-instance'] }, { until: 'idle' }))
  const errors = events.flatMap(event => (event.type === 'error' ? [event.error] : []))
  expect(errors[0]).toMatchObject({ name: 'ArgumentError', parameter: 'workspace_id' })
  expect(await clients.dli.getBatch({ batch_id: id })).toMatchObject({ state: 'success' })
})
