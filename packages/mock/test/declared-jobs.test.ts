import { readFirstPointer, readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../src/index.ts'
import { bundles, operations } from './spec-operations.ts'
import { createRequest, type RequestValues } from './spec-requests.ts'

/** Tests the roles of operations and the filters of lists that the real specs declare. */

async function startMock(options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock(options)
  onTestFinished(() => mock.close())
  return mock
}

/** Calls an operation with the examples of its spec. `values` replaces some of the examples. */
async function call(mock: Mock, name: string, values: RequestValues = {}): Promise<{ status: number; body: unknown }> {
  const operation = operations.get(name)
  if (!operation) throw new Error(`There is no operation ${name}.`)
  const response = await fetch(createRequest(mock.url(name.split('.')[0] ?? ''), operation, values))
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Operations that create something from an existing job, such as a new version or an export of its result. The path has the job's key. */
const createFromJobOperations = [...bundles].flatMap(([service, bundle]) =>
  Object.values(bundle['x-jobs'] ?? {}).flatMap(({ operations: { create = [], list }, key }) => {
    const getKeyNames = (id = ''): string[] =>
      Object.keys(key).filter(name => operations.get(`${service}.${id}`)?.path.includes(`{${name}}`))
    const parents = getKeyNames(list?.operation)
    return create.flatMap(({ operation }) => {
      const names = getKeyNames(operation).filter(name => !parents.includes(name))
      const other = create.find(each => getKeyNames(each.operation).length < getKeyNames(operation).length)
      return names.length > 0
        ? [{ name: `${service}.${operation}`, names, first: `${service}.${other?.operation}` }]
        : []
    })
  }),
)

const namingOperations = [...bundles]
  .flatMap(([service, bundle]) =>
    Object.values(bundle['x-jobs'] ?? {}).flatMap(({ operations }) => {
      const { get, start = [], cancel = [], update = [], views = [], logs, progress } = operations
      const calls = [...start, ...cancel, ...update, ...(operations.delete ?? []), ...views]
      const reading = [get.find ? undefined : get, logs, progress].flatMap(call => call ?? [])
      return [...reading, ...calls].map(({ operation }) => `${service}.${operation}`)
    }),
  )
  .concat(createFromJobOperations.map(({ name }) => name))

/** The operations that return the error code of `simulation.notFound`. */
const notFoundCodes = [...bundles].flatMap(([service, bundle]) =>
  Object.values(bundle['x-jobs'] ?? {}).flatMap(({ operations: { get, cancel = [], views = [] }, simulation }) => {
    const code = simulation?.notFound
    const pointers = bundle['x-errors']?.code ?? []
    const names = [get, ...cancel, ...views].map(({ operation }) => `${service}.${operation}`)
    return code === undefined ? [] : [...new Set(names)].map(name => ({ name, code, pointers }))
  }),
)

describe('jobs that do not exist', () => {
  test.each([...new Set(namingOperations)])('%s returns an error if the job does not exist', async name => {
    const { status } = await call(await startMock({ strict: true }), name)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  test.each(notFoundCodes)('$name returns $code if the job does not exist', async ({ name, code, pointers }) => {
    const { status, body } = await call(await startMock({ strict: true }), name)
    expect([status, readFirstPointer(body, pointers)]).toEqual([404, code])
  })

  test('the specs declare operations that create something from a job', () => {
    expect(createFromJobOperations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['modelarts.createTrainingJobVersion', 'dli.exportSqlJobResult']),
    )
  })

  test.each(createFromJobOperations)(
    '$name creates a job only from an existing job',
    async ({ name, names, first }) => {
      const mock = await startMock()
      expect((await call(mock, first)).status).toBeLessThan(300)
      const [job] = mock.jobs.list()
      const unknownKey = Object.fromEntries(names.map(part => [part, job?.key[part]?.replaceAll(/\w/g, '9')]))
      expect((await call(mock, name, unknownKey)).status).toBe(404)
      expect(mock.jobs.size).toBe(1)
      expect((await call(mock, name, job?.key)).status).toBeLessThan(300)
      // The job of the example exists in a mock that is not strict.
      expect((await call(mock, name)).status).toBeLessThan(300)
      expect(mock.jobs.size).toBe(3)
    },
  )

  test('a call that names no job succeeds if there are no jobs', async () => {
    const mock = await startMock({ strict: true })
    const body = { obs_dir: 'bucket/exports', is_selected: false }
    expect((await call(mock, 'dli.exportFlinkJobs', { body })).status).toBe(200)
  })
})

test('importing Flink jobs creates a job, and the response contains its ID', async () => {
  const mock = await startMock()
  const { body } = await call(mock, 'dli.importFlinkJobs')
  const job_id = readPointer(body, '/job_mapping/0/new_job_id')
  expect(mock.jobs.list('dli:flink-job').map(({ key }) => key)).toEqual([{ job_id: `${job_id}` }])
  expect((await call(mock, 'dli.getFlinkJob', { job_id })).status).toBe(200)
})

test('stopping a trial does not change the training job', async () => {
  const mock = await startMock({ strict: true })
  await call(mock, 'modelarts.createTrainingJob')
  const [job] = mock.jobs.list()
  expect((await call(mock, 'modelarts.stopTrial', job?.key)).status).toBe(200)
  expect(mock.jobs.get(job?.ref ?? '')?.rawState).toBe(job?.rawState)
})

describe('list', () => {
  /** Returns the number of jobs in a list response. */
  const count = async (mock: Mock, name: string, at: string, values: RequestValues): Promise<number> => {
    const { status, body } = await call(mock, name, values)
    expect(status).toBe(200)
    return (readPointer(body, at) as unknown[]).length
  }

  test('dli.listBatches compares whole names, and accepts the queue in two different parameters', async () => {
    const mock = await startMock()
    for (const [name, queue] of [
      ['etl-1', 'a'],
      ['etl-10', 'b'],
    ]) {
      await call(mock, 'dli.createBatch', { body: { file: 'obs://b/a.jar', className: 'Main', name, queue } })
    }
    const countFiltered = (values: RequestValues) => count(mock, 'dli.listBatches', '/sessions', values)
    expect(await countFiltered({ job_name: 'etl-1' })).toBe(1)
    expect(await countFiltered({ job_name: 'etl' })).toBe(0)
    expect(await countFiltered({ queue_name: 'b' })).toBe(1)
    expect(await countFiltered({ cluster_name: 'b' })).toBe(1)
    expect(await countFiltered({ cluster_name: 'c' })).toBe(0)
  })

  test('dli.listSqlJobs filters by tags', async () => {
    const mock = await startMock()
    const tags = [
      { key: 'team', value: 'red' },
      { key: 'env', value: 'test' },
    ]
    await call(mock, 'dli.submitSqlJob', { body: { sql: 'select 1', tags } })
    await call(mock, 'dli.submitSqlJob', { body: { sql: 'select 2', tags: [{ key: 'team', value: 'blue' }] } })
    const countFiltered = (tags: string) => count(mock, 'dli.listSqlJobs', '/jobs', { tags })
    expect(await countFiltered('team=red')).toBe(1)
    expect(await countFiltered('team=red,env=test')).toBe(1)
    expect(await countFiltered('team=red,env=prod')).toBe(0)
  })

  test('dli.listFlinkJobs filters by the tags in the request that created a job, and ignores show_detail', async () => {
    const mock = await startMock()
    const body = { name: 'clicks', sql_body: 'select 1', tags: [{ key: 'team', value: 'red' }] }
    await call(mock, 'dli.createFlinkSqlJob', { body })
    await call(mock, 'dli.createFlinkSqlJob', { body: { ...body, name: 'clicks-2', tags: [] } })
    const countFiltered = (values: RequestValues) => count(mock, 'dli.listFlinkJobs', '/job_list/jobs', values)
    expect(await countFiltered({ tags: 'team=red' })).toBe(1)
    expect(await countFiltered({ tags: 'team=blue' })).toBe(0)
    expect(await countFiltered({ name: 'clicks' })).toBe(1)
    expect(await countFiltered({ show_detail: true })).toBe(2)
  })

  test('res.listJobs filters by the time of the last operation', async () => {
    const mock = await startMock()
    await call(mock, 'res.submitEtlJob')
    const now = mock.clock.now()
    const countFiltered = (values: RequestValues) => count(mock, 'res.listJobs', '/jobs', { type: 'etl', ...values })
    expect(await countFiltered({ 'start-time': now - 1000, 'end-time': now + 1000 })).toBe(1)
    expect(await countFiltered({ 'start-time': now + 1000 })).toBe(0)
    expect(await countFiltered({ 'end-time': now - 1000 })).toBe(0)
  })

  test('with the operator "not", modelarts.searchTrainingJobs excludes the jobs that match the value', async () => {
    const mock = await startMock()
    await call(mock, 'modelarts.createTrainingJob')
    const search = (operator: string, value: string) =>
      count(mock, 'modelarts.searchTrainingJobs', '/items', {
        body: { filters: [{ key: 'phase', operator, value: [value] }] },
      })
    expect(await search('in', 'Creating')).toBe(1)
    expect(await search('not', 'Creating')).toBe(0)
    expect(await search('not', 'Running')).toBe(1)
  })

  test('cs.listClusterJobs returns the jobs of its cluster', async () => {
    const mock = await startMock()
    const create = async (cluster_id: number, name: string) => {
      const body = { name, sql_body: 'select 1', cluster_id, run_mode: 'exclusive_cluster' }
      expect(await call(mock, 'cs.createSqlJob', { body })).toMatchObject({ status: 200 })
    }
    await create(1, 'one')
    await create(2, 'two')
    const countListed = (cluster_id: number) => count(mock, 'cs.listClusterJobs', '/payload/jobs', { cluster_id })
    expect(await Promise.all([1, 2, 3].map(countListed))).toEqual([1, 1, 0])
  })
})
