import { readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { createMock, type Mock, virtualClock } from '../src/index.ts'
import { getExamples, loadOperations, type Operation } from '../src/operation.ts'
import { call } from './harness.ts'
import { createRequest } from './spec-requests.ts'

// Tests that the responses of the mock are consistent with each other, with the request and with the clock.

const START = 1_800_000_000_000

async function startMock(): Promise<Mock> {
  const mock = await createMock({ clock: virtualClock(START) })
  onTestFinished(() => mock.close())
  return mock
}

const send = async (mock: Mock, service: string, method: string, path: string, body?: unknown) => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const headers = { 'X-Auth-Token': 't', ...(body !== undefined && { 'Content-Type': 'application/json' }) }
  const response = await call(mock.url(service) + path, { method, headers, ...init })
  return { status: response.status, body: response.body as Record<string, unknown> }
}

const bundles = await loadBundles()

describe.each([...bundles].filter(([, bundle]) => bundle['x-jobs']))('%s', (service, bundle) => {
  test('the job of an example has the same state in all operations', async () => {
    const mock = await startMock()
    const byId = new Map((await loadOperations(bundle)).map(operation => [operation.iid, operation]))
    for (const { key, fields, operations } of Object.values(bundle['x-jobs'] ?? {})) {
      const readers = [operations.get, operations.list, ...(operations.views ?? [])]
      const calls = readers.flatMap(role => {
        const operation = role && byId.get(role.operation)
        return operation && role.at !== undefined ? [{ operation, at: role.at }] : []
      })
      const [parameter = '', pointer = ''] = Object.entries(key).at(-1) ?? []
      const statesById = new Map<string, Set<string>>()
      for (const id of getExampleIds(calls, pointer)) {
        for (const { operation, at } of calls) {
          const response = await fetch(createRequest(mock.url(service), operation, { [parameter]: id }))
          for (const job of [readPointer(await response.json(), at)].flat()) {
            const state = readPointer(job, fields.state)
            const shownId = String(readPointer(job, pointer))
            if (state !== undefined) statesById.set(shownId, (statesById.get(shownId) ?? new Set()).add(String(state)))
          }
        }
      }
      expect(statesById.size).toBeGreaterThan(0)
      for (const [id, states] of statesById) expect([id, ...states]).toHaveLength(2)
    }
  })
})

function getExampleIds(calls: readonly { operation: Operation; at: string }[], pointer: string): ReadonlySet<string> {
  const jobs = calls.flatMap(({ operation, at }) =>
    getExamples(operation)
      .filter(({ status }) => status < 300)
      .flatMap(({ value }) => [readPointer(value, at)].flat()),
  )
  return new Set(jobs.flatMap(job => readPointer(job, pointer) ?? []).map(String))
}

describe('the job of an example', () => {
  const BATCH = '7c0b1f52-9d3e-4a68-8c11-5be2f0a94d37'

  test('the job of an example has the requested ID, even if the example of an operation contains another job', async () => {
    const mock = await startMock()
    const get = async (suffix: string) => (await send(mock, 'dli', 'GET', `/v2.0/p/batches/${BATCH}${suffix}`)).body
    expect(await get('')).toMatchObject({ id: BATCH, state: 'running' })
    expect(await get('/state')).toEqual({ id: BATCH, state: 'running' })
    expect(await get('/log')).toMatchObject({ id: BATCH })
  })

  test('the job of an example keeps its state when other jobs exist', async () => {
    const mock = await startMock()
    await send(mock, 'dli', 'POST', '/v2.0/p/batches', { file: 'a', className: 'b' })
    expect((await send(mock, 'dli', 'GET', `/v2.0/p/batches/${BATCH}/state`)).body).toMatchObject({ state: 'running' })
  })
})

test('a batch in a terminal state cannot be canceled', async () => {
  const mock = await startMock()
  const { body } = await send(mock, 'dli', 'POST', '/v2.0/p/batches', { file: 'a', className: 'b' })
  const path = `/v2.0/p/batches/${body['id']}`
  mock.clock.advance(3_600_000)
  expect(await send(mock, 'dli', 'DELETE', path)).toEqual({
    status: 400,
    body: {
      error_code: 'DLI.0007',
      error_msg: `Cannot cancel the Spark batch job with batch_id ${body['id']}, because its state is success.`,
    },
  })
  expect((await send(mock, 'dli', 'GET', path)).body).toMatchObject({ state: 'success' })
})

test('a created template has the submitted values, and the time of the clock as its creation time', async () => {
  const mock = await startMock()
  const flink = { name: 'by-hour', desc: 'Counts hours.', job_type: 'flink_sql_job', sql_body: 'select 1' }
  const { body } = await send(mock, 'dli', 'POST', '/v1.0/p/streaming/job-templates', flink)
  expect(body['template']).toMatchObject({ ...flink, create_time: START })
  const sql = { sql: 'select 1', sql_name: 'one', description: '', group: 'numbers' }
  expect((await send(mock, 'dli', 'POST', '/v1.0/p/sqls', sql)).body).toMatchObject({ group: 'numbers' })
})

describe('values of the request', () => {
  test('values of the request are repeated in the response to a search', async () => {
    const mock = await startMock()
    const path = '/v2/p/training-job-searches'
    const search = { limit: 7, offset: 2, sort_by: 'name', order: 'asc', group_by: 'tag' }
    expect((await send(mock, 'modelarts', 'POST', path, search)).body).toMatchObject(search)
  })

  test('values of the request are repeated in a list of events', async () => {
    const mock = await startMock()
    const times = { start_time: String(START), end_time: String(START + 3_600_000) }
    const query = new URLSearchParams({ limit: '3', offset: '4', order: 'asc', ...times })
    const path = `/v2/p/training-jobs/9d0b7c1e-52f4-4a86-8e3f-60a1c2d3e4f5/events?${query}`
    const { body } = await send(mock, 'modelarts', 'GET', path)
    expect(body).toMatchObject({
      ...{ limit: 3, offset: 4, order: 'asc' },
      ...{ start_time: '2027-01-15T08:00:00.000Z', end_time: '2027-01-15T09:00:00.000Z' },
    })
  })

  test('values of the request are repeated in a list of trials', async () => {
    const mock = await startMock()
    const path = '/v2/p/training-jobs/9d0b7c1e-52f4-4a86-8e3f-60a1c2d3e4f5/autosearch-trials?limit=3&offset=4'
    expect((await send(mock, 'modelarts', 'GET', path)).body).toMatchObject({ limit: 3, offset: 4 })
  })
})

test('the server time in a response is the time of the mock clock', async () => {
  const mock = await startMock()
  const getTime = async () => (await send(mock, 'cs', 'GET', '/v1.0/p/jobs')).body['current_time']
  expect(await getTime()).toBe(START)
  mock.clock.advance(60_000)
  expect(await getTime()).toBe(START + 60_000)
})
