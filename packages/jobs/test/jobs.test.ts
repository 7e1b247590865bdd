import { isApiError, JobFailedError, WaitTimeoutError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { createJobs, RefError } from '../src/index.ts'
import { setUp } from './clients.ts'

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
