import { isApiError, JobFailedError, WaitTimeoutError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { createJobs, JobsFailedError, RefError } from '../src/index.ts'
import { setUp } from './set-up.ts'

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup', name: 'rollup' } }

test('a job is read by its ref', async () => {
  const { mock, clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const job = await jobs.get(`dli:batch:${id}`)
  expect(job).toMatchObject({ service: 'dli', kind: 'batch', id, name: 'rollup', state: 'starting' })
  expect(job.createdAt?.getTime()).toBe(mock.clock.now())
  expect(job.raw.id).toBe(id)
})

test('a job that is not there is not found', async () => {
  const { clients, jobs } = await setUp()
  await clients.dli.createBatch(batch)
  for (const ref of ['dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', 'res:job-instance:w1/r1/RECALL/none']) {
    const error = await jobs.get(ref).catch((error: unknown) => error)
    expect(isApiError(error) && error.kind, ref).toBe('not-found')
  }
})

test.each([
  ['nosuch:batch:1', "'nosuch:batch:1' names no client; there are dli, modelarts, cs, res"],
  ['dli:nosuch:1', "'dli:nosuch:1' names no kind of dli; there are batch, sql-job, flink-job"],
  ['dli:batch:1/2', "'dli:batch:1/2' has 2 of the 1 parts of an id; dli:batch:batch_id is wanted"],
])('%s is refused before anything is asked', async (ref, message) => {
  const { mock, jobs } = await setUp()
  for (const call of [() => jobs.get(ref), () => jobs.cancel(ref), () => jobs.wait(ref)])
    await expect(call()).rejects.toThrow(new RefError(message))
  expect(mock.requests).toEqual([])
})

test('what is no client of jobs, and what cannot stand in a ref, are refused by name', async () => {
  const { clients } = await setUp()
  expect(() => createJobs({ east: {} })).toThrow('createJobs: east is no client with jobs')
  expect(() => createJobs({ 'a:b': clients.dli })).toThrow("'a:b' cannot stand in a ref")
})

test('a job is waited for to its end, and canceled', async () => {
  const { clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const seen: string[] = []
  const job = await jobs.wait(`dli:batch:${id}`, { onChange: ({ rawState }) => seen.push(rawState) })
  expect(job.state).toBe('succeeded')
  expect(seen).toEqual(['starting', 'running', 'success'])

  const other = await clients.dli.createBatch(batch)
  await jobs.cancel(`dli:batch:${other.id}`)
  await expect(jobs.wait(`dli:batch:${other.id}`)).rejects.toThrow(JobFailedError)
})

test('a wait that runs out of time says what is left', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  await expect(jobs.wait([`dli:batch:${id}`], { timeout: '5m' })).rejects.toThrow(WaitTimeoutError)
})

test('the ref of a job that was just made', async () => {
  const { clients, jobs } = await setUp()
  const ref = jobs.refOf('dli', 'createBatch', await clients.dli.createBatch(batch))
  expect((await jobs.get(ref ?? '')).state).toBe('starting')
  // A statement that ran at once has no id.
  expect(jobs.refOf('dli', 'submitSqlJob', { is_success: true })).toBeUndefined()
  const args = { workspace_id: 'w1', resource_id: 'r1', body: { category: 'RECALL' } }
  expect(jobs.refOf('res', 'createJobInstance', { job: { job_id: '7' } }, args)).toBe('res:job-instance:w1/r1/RECALL/7')
  expect(() => jobs.refOf('res', 'createJobInstance', { job: { job_id: '7' } })).toThrow('workspace_id is not in what')
  expect(() => jobs.refOf('cs', 'getJob', {})).toThrow(
    'cs makes no job by getJob; it does by createSqlJob, createJarJob',
  )
})

test('how far a running job is, where the service tells it', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('dli:sql-job')[0]?.ref ?? ''
  mock.jobs.setScenario(ref, ['RUNNING'])
  const { progress } = await jobs.get(ref)
  expect(progress).toBeTypeOf('number')
  mock.jobs.setScenario(ref, ['FINISHED'])
  expect((await jobs.get(ref)).progress).toBeUndefined()
})

test('several jobs are waited for to the end of all, and what failed is told then', async () => {
  const { mock, clients, jobs } = await setUp()
  const ids = await Promise.all([1, 2, 3, 4].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[1] ?? '', 'fail')
  mock.jobs.setScenario(refs[2] ?? '', 'fail')
  const error: unknown = await jobs.wait(refs).catch((error: unknown) => error)
  if (!(error instanceof JobsFailedError)) throw error
  expect(error).toBeInstanceOf(JobFailedError)
  expect(error.ref).toBe(refs[1])
  expect(error.message).toMatch(/dead: failed.*; 2 of 4 jobs did not succeed/s)
  expect(error.jobs.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'failed', 'succeeded'])
  expect((await jobs.wait([refs[3] ?? '', refs[0] ?? ''])).map(({ ref }) => ref)).toEqual([refs[3], refs[0]])
})

test('the first of several', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2, 3].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[1] ?? '', 'run')
  expect((await jobs.wait(refs, { until: 'any' })).ref).toBe(refs[1])
  await expect(jobs.wait([], { until: 'any' })).rejects.toThrow('refs must name a job')
  expect(await jobs.wait([])).toEqual([])
})

test('what does not end by itself is waited for until it runs, or, if asked, until it has ended', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('cs:job')[0]?.ref ?? ''
  mock.jobs.setScenario(ref, 'run')
  expect((await jobs.wait(ref)).state).toBe('running')
  await expect(jobs.wait(ref, { state: 'ended', timeout: '10m' })).rejects.toThrow(WaitTimeoutError)
  mock.jobs.setScenario(ref, ['job_init'])
  await expect(jobs.wait(ref)).rejects.toThrow('job_init: does not leave this state by itself')
})

test('the handle of a wait that ran out of time goes on in another process', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[0] ?? '', 'run')
  const error: unknown = await jobs.wait(refs, { timeout: '5m' }).catch((error: unknown) => error)
  if (!(error instanceof WaitTimeoutError)) throw error
  expect(error.message).toBe(`${refs[1]}: not ended in time, last seen running`)
  const { args } = JSON.parse(JSON.stringify(error.handle)) as { args: { refs: string[] } }
  expect(args.refs).toEqual([refs[1]])
  mock.jobs.setScenario(refs[1] ?? '', 'run')
  expect((await jobs.wait(args.refs)).map(({ state }) => state)).toEqual(['succeeded'])
})

test('aborting a wait leaves the jobs alone, unless it is to cancel them', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  for (const cancelOnAbort of [false, true]) {
    const { id } = await clients.dli.createBatch(batch)
    const stop = new AbortController()
    const onChange = () => stop.abort(new Error('enough'))
    const wait = jobs.wait(`dli:batch:${id}`, { signal: stop.signal, onChange, cancelOnAbort })
    await expect(wait).rejects.toThrow('enough')
    expect((await jobs.get(`dli:batch:${id}`)).rawState === 'dead').toBe(cancelOnAbort)
  }
})
