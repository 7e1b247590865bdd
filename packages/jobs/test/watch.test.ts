import { isApiError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { createJobs, type JobEvent } from '../src/index.ts'
import { collect, dliOf, setUp } from './set-up.ts'

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

const short = (event: JobEvent) =>
  event.type === 'error' ? 'error' : event.type === 'gone' ? 'gone' : `${event.type} ${event.job.rawState}`

test('given jobs are watched to their end', async () => {
  const { clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const events = await collect(jobs.watch([`dli:batch:${id}`]))
  expect(events.map(short)).toEqual(['appeared starting', 'changed running', 'ended success'])
  expect(events[2]).toMatchObject({
    job: { ref: `dli:batch:${id}` },
    previous: { rawState: 'running', state: 'running' },
  })
})

test('a job of each kind, of all services at once', async () => {
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

test('one that had ended is told once, one that never was is gone, and a ref given twice is one', async () => {
  const { mock, clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  mock.clock.advance(60_000)
  const none = 'dli:batch:00000000-0000-4000-8000-000000000000'
  const nowhere = 'res:job-instance:w1/r1/RECALL/none'
  const events = await collect(jobs.watch([`dli:batch:${id}`, none, `dli:batch:${id}`, nowhere]))
  expect(events.map(short).toSorted()).toEqual(['ended success', 'gone', 'gone'])
  for (const event of events)
    if (event.type === 'gone') expect(isApiError(event.error) && event.error.kind).toBe('not-found')
})

test('a state that only counts if it stays ends the job when it has stayed', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'fail' })
  const { id } = await clients.dli.createBatch(batch)
  const events = await collect(jobs.watch([`dli:batch:${id}`]))
  expect(events.map(short)).toEqual(['appeared starting', 'changed running', 'changed dead', 'ended dead'])
  const dead = mock.jobs.get(`dli:batch:${id}`)?.updatedAt ?? 0
  expect(mock.clock.now() - dead).toBeGreaterThanOrEqual(60_000)
})

test('a filter: what is open appears, what had ended does not, what comes is told', async () => {
  const { mock, clients, jobs } = await setUp({ seedJobs: 900 })
  const open = mock.jobs.list('dli:batch').filter(({ state }) => !/succeeded|failed|canceled/.test(state))
  expect(open.length).toBeGreaterThan(5)
  const events: string[] = []
  let created: string | undefined
  for await (const event of jobs.watch({ kinds: ['dli:batch'] })) {
    if (event.type === 'error' || event.type === 'gone') throw new Error('nothing fails here', { cause: event })
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

test('a filter that nothing new matches costs a page a look', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9000 })
  const stop = new AbortController()
  const costs: number[] = []
  let before = 0
  const clock = {
    now: mock.clock.now,
    async sleep(ms: number) {
      const count = mock.requests.length
      costs.push(count - before)
      before = count
      mock.clock.advance(ms)
      if (costs.length === 10) stop.abort(new Error('seen enough'))
      stop.signal.throwIfAborted()
    },
  }
  const watch = jobs.watch({ kinds: ['dli:sql-job'], name: 'no such name' }, { signal: stop.signal, clock })
  await expect(collect(watch)).rejects.toThrow('seen enough')
  expect(costs).toEqual([10, 1, 1, 1, 1, 1, 1, 1, 1, 1])
})

test('whoever is slow misses what was in between, but not the end', async () => {
  const { mock, clients, jobs } = await setUp()
  const ids = await Promise.all(Array.from({ length: 20 }, async () => (await clients.dli.createBatch(batch)).id))
  const events: string[] = []
  for await (const event of jobs.watch(ids.map(id => `dli:batch:${id}`))) {
    events.push(short(event))
    mock.clock.advance(3_600_000)
  }
  expect(events.filter(event => event === 'ended success')).toHaveLength(20)
  expect(events.length).toBeLessThanOrEqual(40)
})

test('aborting and leaving both end it, and nothing is asked any more', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  const stop = new AbortController()
  const watch = jobs.watch([`dli:batch:${id}`], { signal: stop.signal })
  expect((await watch.next()).value).toMatchObject({ type: 'appeared' })
  stop.abort(new Error('enough'))
  await expect(watch.next()).rejects.toThrow('enough')
  for await (const _ of jobs.watch([`dli:batch:${id}`])) break
  const asked = mock.requests.length
  await new Promise(resolve => setImmediate(resolve))
  expect(mock.requests.length).toBe(asked)
})

test('two regions stand side by side', async () => {
  const east = await setUp()
  const west = await setUp()
  const { id } = await east.clients.dli.createBatch(batch)
  const other = await west.clients.dli.createBatch(batch)
  const jobs = createJobs({ dliEast: dliOf(east.mock), dliWest: dliOf(west.mock) })
  expect((await collect(jobs.list({ kinds: ['batch'] }))).map(({ ref }) => ref).toSorted()).toEqual([
    `dliEast:batch:${id}`,
    `dliWest:batch:${other.id}`,
  ])
})
