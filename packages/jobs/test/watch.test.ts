import { isApiError, isTerminal, type JobState } from '@jobscope/core'
import { expect, test } from 'vitest'
import { createJobs, type JobEvent } from '../src/index.ts'
import { collect, createDli, setUp } from './set-up.ts'

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

const summarize = (event: JobEvent) => ('job' in event ? `${event.type} ${event.job.rawState}` : event.type)

test('watches given jobs until they have ended', async () => {
  const { clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const events = await collect(jobs.watch([`dli:batch:${id}`]))
  expect(events.map(summarize)).toEqual(['appeared starting', 'changed running', 'ended success'])
  expect(events[2]).toMatchObject({
    job: { ref: `dli:batch:${id}` },
    previous: { rawState: 'running', state: 'running' },
  })
})

test('watches jobs of all kinds and services', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 90 })
  const refs = mock.jobs.list().map(({ ref }) => ref)
  for (const ref of refs) mock.jobs.setScenario(ref, 'cancel')
  const ended = new Set<string>()
  for await (const event of jobs.watch(refs)) {
    if (event.type === 'error') throw event.error
    if (event.type !== 'ended') continue
    ended.add(event.job.ref)
  }
  expect([...ended].toSorted()).toEqual(refs.toSorted())
})

test('reports each given job once, even if it had ended, does not exist, or was given twice', async () => {
  const { mock, clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  mock.clock.advance(60_000)
  const missingBatch = 'dli:batch:00000000-0000-4000-8000-000000000000'
  const missingInstance = 'res:job-instance:w1/r1/RECALL/none'
  const events = await collect(jobs.watch([`dli:batch:${id}`, missingBatch, `dli:batch:${id}`, missingInstance]))
  expect(events.map(summarize).toSorted()).toEqual(['ended success', 'gone', 'gone'])
  for (const event of events)
    if (event.type === 'gone') expect(isApiError(event.error) && event.error.kind).toBe('not-found')
})

test('a job in the state dead counts as ended only after this state has lasted long enough', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'fail' })
  const { id } = await clients.dli.createBatch(batch)
  const events = await collect(jobs.watch([`dli:batch:${id}`]))
  expect(events.map(summarize)).toEqual(['appeared starting', 'changed running', 'changed dead', 'ended dead'])
  const dead = mock.jobs.get(`dli:batch:${id}`)?.updatedAt ?? 0
  expect(mock.clock.now() - dead).toBeGreaterThanOrEqual(60_000)
})

test('the first poll reports that a batch has ended if the batch failed hours ago', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'fail' })
  const { id } = await clients.dli.createBatch(batch)
  mock.clock.advance(7_200_000)
  const start = mock.clock.now()
  const events = await collect(jobs.watch([`dli:batch:${id}`]))
  expect(events.map(summarize)).toEqual(['ended dead'])
  expect(mock.clock.now() - start).toBeLessThan(60_000)
})

test('a watch with a filter reports new jobs and jobs that have not ended, but no jobs that had ended before', async () => {
  const { mock, clients, jobs } = await setUp({ seedJobs: 900 })
  const open = mock.jobs.list('dli:batch').filter(({ state }) => !isTerminal(state as JobState))
  expect(open.length).toBeGreaterThan(5)
  const events: string[] = []
  let created: string | undefined
  for await (const event of jobs.watch({ kinds: ['dli:batch'] })) {
    if (event.type === 'error' || event.type === 'gone') throw new Error('unexpected event', { cause: event })
    events.push(`${event.type} ${event.job.ref}`)
    if (events.length === open.length) {
      expect(events.toSorted()).toEqual(open.map(({ ref }) => `appeared ${ref}`).toSorted())
      created = (await clients.dli.createBatch(batch)).id
    }
    if (event.type === 'ended' && event.job.id === created) break
  }
  expect(events.filter(event => event.endsWith(created ?? '-')).map(event => event.split(' ')[0])).toEqual([
    'appeared',
    'changed',
    'ended',
  ])
  expect(new Set(events.filter(event => event.startsWith('appeared'))).size).toBe(open.length + 1)
})

test('with endedSince, a watch with a filter also reports jobs that ended before its first poll', async () => {
  const { mock, clients, jobs } = await setUp()
  const createJobs = async () => [
    `dli:batch:${(await clients.dli.createBatch(batch)).id}`,
    // This kind has no time for the end of a job.
    `dli:sql-job:${(await clients.dli.submitSqlJob({ body: { sql: 'SELECT 1' } })).job_id}`,
  ]
  await jobs.wait(await createJobs())
  mock.clock.advance(60_000)
  const endedSince = new Date(mock.clock.now())
  const refs = await createJobs()
  await jobs.wait(refs)
  const events = await collect(jobs.watch({ services: ['dli'] }, { endedSince, until: 'idle' }))
  expect(events.map(event => (event.type === 'ended' ? event.job.ref : event.type)).toSorted()).toEqual(refs.toSorted())
})

test('a watch with a filter reads one page per poll if there are no new jobs', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9000 })
  const controller = new AbortController()
  const requestCounts: number[] = []
  let before = 0
  const clock = {
    now: mock.clock.now,
    async sleep(ms: number) {
      const count = mock.requests.length
      requestCounts.push(count - before)
      before = count
      mock.clock.advance(ms)
      if (requestCounts.length === 10) controller.abort(new Error('stopped'))
      controller.signal.throwIfAborted()
    },
  }
  const watch = jobs.watch({ kinds: ['dli:sql-job'], name: 'no such name' }, { signal: controller.signal, clock })
  await expect(collect(watch)).rejects.toThrow('stopped')
  expect(requestCounts).toEqual([10, 1, 1, 1, 1, 1, 1, 1, 1, 1])
})

test('a slow consumer misses intermediate states, but not the end of a job', async () => {
  const { mock, clients, jobs } = await setUp()
  const ids = await Promise.all(Array.from({ length: 20 }, async () => (await clients.dli.createBatch(batch)).id))
  const events: string[] = []
  for await (const event of jobs.watch(ids.map(id => `dli:batch:${id}`))) {
    events.push(summarize(event))
    mock.clock.advance(3_600_000)
  }
  expect(events.filter(event => event === 'ended success')).toHaveLength(20)
  expect(events.length).toBeLessThanOrEqual(40)
})

test('sends no more requests after an abort or after leaving the loop', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  const controller = new AbortController()
  const watch = jobs.watch([`dli:batch:${id}`], { signal: controller.signal })
  expect((await watch.next()).value).toMatchObject({ type: 'appeared' })
  controller.abort(new Error('stopped'))
  await expect(watch.next()).rejects.toThrow('stopped')
  for await (const _ of jobs.watch([`dli:batch:${id}`])) break
  const requestCount = mock.requests.length
  await new Promise(resolve => setImmediate(resolve))
  expect(mock.requests.length).toBe(requestCount)
})

test('combines two clients of one service', async () => {
  const east = await setUp()
  const west = await setUp()
  const { id } = await east.clients.dli.createBatch(batch)
  const other = await west.clients.dli.createBatch(batch)
  const jobs = createJobs({ dliEast: createDli(east.mock), dliWest: createDli(west.mock) })
  expect((await collect(jobs.list({ kinds: ['batch'] }))).map(({ ref }) => ref).toSorted()).toEqual([
    `dliEast:batch:${id}`,
    `dliWest:batch:${other.id}`,
  ])
})
