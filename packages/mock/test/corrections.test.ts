import { readJob, token } from '@jobscope/core'
import { createDliClient, jobs } from '@jobscope/dli'
import { describe, expect, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { createMock } from '../src/index.ts'
import { loadOperations } from '../src/operation.ts'
import { createRequest } from './spec-requests.ts'

async function setUp() {
  const mock = await createMock({ services: ['dli'], strict: true })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any'), retry: false })
  return { mock, dli }
}

/**
 * Tests facts that an earlier version of the specs described wrongly. The sources of these facts are the vendor's documents, SDKs and other
 * clients.
 */
describe('the mock of DLI', () => {
  test('every operation on a Flink job that does not exist returns DLI.16001 with status 400', async () => {
    const { mock } = await setUp()
    await using _ = mock
    const bundle = loadBundles().get('dli')
    const operations = bundle ? await loadOperations(bundle) : []
    const onFlinkJobs = operations.filter(({ path }) => /\/streaming\/.*\{job_id\}/.test(path))
    expect(onFlinkJobs).toHaveLength(9)
    for (const operation of onFlinkJobs) {
      const response = await fetch(createRequest(mock.url('dli'), operation, { job_id: 99 }))
      const { error_code: code } = (await response.json()) as { error_code: string }
      expect([operation.iid, response.status, code]).toEqual([operation.iid, 400, 'DLI.16001'])
    }
  })

  test('the error for a missing Flink job has the kind not-found', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const missing = { status: 400, code: 'DLI.16001', kind: 'not-found' }
    await expect(dli.getFlinkJob({ job_id: 99 })).rejects.toMatchObject(missing)
    await expect(dli.listFlinkApigSinks({ job_id: 99 })).rejects.toMatchObject(missing)
  })

  test('createBatch accepts both spellings of its fields, but not both at once', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const program = { file: 'obs://bucket/a.jar', queue: 'etl' }
    const snakeCase = { ...program, class_name: 'A', driver_memory: '2G', driver_cores: 1, num_executors: 2 }
    const camelCase = { ...program, className: 'A', driverMemory: '2G', driverCores: 1, numExecutors: 2 }
    for (const body of [snakeCase, camelCase]) {
      const { id } = await dli.createBatch({ body })
      expect(await dli.getBatch({ batch_id: id })).toMatchObject({ queue: 'etl' })
    }
    const both = dli.createBatch({ body: { ...snakeCase, className: 'A' } })
    await expect(both).rejects.toMatchObject({ status: 400, kind: 'invalid' })
  })

  test('listBatches also accepts the queue in the older parameter cluster_name', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const { id } = await dli.createBatch({ body: { file: 'obs://bucket/a.jar', className: 'A', queue: 'etl' } })
    const { sessions } = await dli.listBatches({ cluster_name: 'etl' })
    expect(sessions.map(batch => batch.id)).toEqual([id])
    expect((await dli.listBatches({ cluster_name: 'other' })).sessions).toEqual([])
  })

  test('listSqlJobs finds jobs by tags, and accepts both spellings of the parameter for the engine', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const tags = [{ key: 'team', value: 'bi' }]
    const { job_id } = await dli.submitSqlJob({ body: { sql: 'select 1', tags } })
    await dli.submitSqlJob({ body: { sql: 'select 2' } })
    expect((await dli.listSqlJobs({ tags: 'team=bi' })).jobs.map(job => job.job_id)).toEqual([job_id])
    expect((await dli.listSqlJobs({ tags: 'team=other' })).jobs).toEqual([])
    const byHyphen = await dli.listSqlJobs({ 'engine-type': 'spark' })
    expect(byHyphen.jobs).toEqual((await dli.listSqlJobs({ engine_type: 'spark' })).jobs)
  })

  test('listFlinkJobs finds jobs by tags', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const body = { job_type: 'flink_opensource_sql_job', sql_body: 'select 1' } as const
    const { job } = await dli.createFlinkSqlJob({ body: { ...body, name: 'a', tags: [{ key: 'team', value: 'bi' }] } })
    await dli.createFlinkSqlJob({ body: { ...body, name: 'b' } })
    const { job_list } = await dli.listFlinkJobs({ tags: 'team=bi' })
    expect(job_list.jobs.map(one => one.job_id)).toEqual([job.job_id])
  })

  test('a job shows its imported savepoint', async () => {
    const { mock, dli } = await setUp()
    await using _ = mock
    const { job } = await dli.createFlinkSqlJob({ body: { name: 'a', job_type: 'flink_opensource_sql_job' } })
    const { job_id } = job
    const savepoint_path = 'obs://bucket/savepoints/'
    await dli.importFlinkSavepoint({ job_id, body: { job_id, savepoint_path } })
    expect((await dli.getFlinkJob({ job_id })).job_detail).toMatchObject({ job_id, savepoint_path })
  })

  test('if a batch has no log, its reason is undefined', () => {
    const batch = { id: 'b', name: '', state: 'dead', create_time: 1, update_time: 1 }
    const job = readJob(jobs.batch, batch)
    expect(job.state).toBe('failed')
    expect(job.reason).toBeUndefined()
  })
})
