import { describe, expect, test } from 'vitest'
import { evaluate } from '../../test/evaluate.ts'
import { changed, fixture } from '../../test/fixture.ts'
import { readService } from '../read/service.ts'
import { emitJobs } from './jobs.ts'
import { emitService } from './service.ts'

interface Tables {
  service: {
    name: string
    servers: unknown
    operations: { [id: string]: unknown[] }
    errors: { failure: { at: string; is: RegExp }; code: unknown; kinds: { [kind: string]: RegExp } }
  }
  pageRules: unknown
  jobs: { [kind: string]: unknown }
}

const tables = () => evaluate<Tables>(emitService(readService('toy', fixture())))
const service = async () => (await tables()).service

describe('service.gen.ts', () => {
  test('lists the URL pattern of each cloud and the regions with other URLs', async () => {
    expect((await service()).servers).toEqual({
      huaweicloud: {
        url: 'https://toy.{region}.example.com',
        regions: { 'eu-west-101': 'https://toy.eu-west-101.example.eu' },
      },
      otc: { url: 'https://toy.{region}.otc.example.com' },
    })
  })

  test('lists the route of each operation and the flags that differ from the default', async () => {
    expect((await service()).operations).toEqual({
      listJobs: ['GET /v1/{project_id}/jobs'],
      deleteJobs: ['DELETE /v1/{project_id}/jobs', { empty: true }],
      createJob: ['POST /v1/{project_id}/jobs', { retry: 'never', returns: ['/id'] }],
      getJob: ['GET /v1/{project_id}/jobs/{job_id}'],
      deleteJob: ['DELETE /v1/{project_id}/jobs/{job_id}', { empty: true }],
      stopJobs: ['POST /v1/{project_id}/jobs/stop'],
      uploadFile: ['POST /v1/{project_id}/files', { form: 'encodeForm' }],
      searchRuns: ['POST /v2/{project_id}/workspaces/{workspace_id}/runs'],
      createRun: ['PUT /v2/{project_id}/workspaces/{workspace_id}/runs', { empty: 202 }],
    })
  })

  test('lists the result of a bulk action only if the spec requires it', async () => {
    const result = { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } }
    const required = changed('/components/schemas/StopResult', result)
    const { service } = await evaluate<Tables>(emitService(readService('toy', required)))
    expect(service.operations['stopJobs']).toEqual(['POST /v1/{project_id}/jobs/stop', { returns: ['/ok'] }])
  })

  test('lists how each list is paginated', async () => {
    const { pageRules } = await tables()
    const listJobs = {
      style: 'offset',
      param: 'from',
      size: 'size',
      first: 0,
      max: 500,
      items: '/jobs',
      total: '/total',
      key: '/id',
    }
    const searchRuns = {
      style: 'offset',
      in: 'body',
      param: 'offset',
      size: 'limit',
      max: 50,
      items: '/items',
      key: '/run/id',
    }
    expect(pageRules).toEqual({ listJobs, searchRuns })
  })

  test('treats only the listed values as failures if the failure rule lists values', async () => {
    const { failure } = (await service()).errors
    expect(failure.at).toBe('/ok')
    expect(['false', 'true', '', 'falsehood'].filter(text => failure.is.test(text))).toEqual(['false'])
  })

  test('treats any non-empty text as a failure if the failure rule lists no values', () => {
    expect(emitService(readService('toy', changed('/x-errors/failure/in', undefined)))).toContain(
      "{ at: '/ok', is: /./ }",
    )
  })

  test('matches the codes of an error kind and no other codes, and ignores case', async () => {
    const { errors } = await service()
    expect(errors.code).toEqual(['/code'])
    for (const code of ['TOY.1', 'toy.2', 'APIG.0301', 'APIGW.0303'])
      expect(code).toMatch(errors.kinds['auth'] as RegExp)
    for (const code of ['TOY.12', 'XTOY.1', 'TOYX1', 'TOY.0301', 'APIGWW.0301']) {
      expect(code).not.toMatch(errors.kinds['auth'] as RegExp)
    }
  })
})

test('keeps all digits of integers in bodies only if the spec has 64-bit integers', () => {
  expect(emitService(readService('toy', fixture()))).not.toContain('exactJson')
  const withLongInteger = changed('/components/schemas/Step/properties/size', { type: 'integer', format: 'int64' })
  const source = emitService(readService('toy', withLongInteger))
  expect(source).toContain('  json: exactJson,\n')
  expect(source).toMatch(/^import \{ .*\bexactJson\b.* \}/m)
})

test('lists secret fields of request bodies at any depth, and no secret fields of responses', () => {
  const markAs = (sensitive: true | { under: string }, ...path: string[]) => {
    const secret = { type: 'string', 'x-sensitive': sensitive }
    return emitService(readService('toy', changed(`/components/schemas/${path.join('/properties/')}`, secret)))
  }
  expect(markAs(true, 'Step', 'key')).toContain('findSecrets: createSecretFinder(/(^|\\/)key$/)')
  expect(markAs({ under: 'steps' }, 'Step', 'key')).toContain('findSecrets: createSecretFinder(/(^|\\/)steps\\/key$/)')
  expect(markAs(true, 'Job', 'key')).not.toContain('createSecretFinder')
})

test('omits error codes that mean the same as their status code, and codes of the error kind "invalid"', () => {
  const kinds = { auth: ['GW.1', 'TOY.1'], 'auth-expired': ['GW.2'], invalid: ['TOY.9'], 'rate-limit': ['GW.3'] }
  const status = { 401: ['GW.1', 'GW.2'], 429: ['GW.3'] }
  const spec = changed('/x-errors', { code: ['/code'], message: ['/message'], kinds, status })
  const source = emitService(readService('toy', spec))
  expect(source).toContain('auth: /^TOY\\.1$/i')
  expect(source).toContain("'auth-expired': /^GW\\.2$/i")
  for (const omitted of ['GW\\.1', 'GW\\.3', 'TOY\\.9', 'rate-limit', 'invalid']) expect(source).not.toContain(omitted)
})

describe('jobs.gen.ts', () => {
  test('the table of a job kind omits the parts that the runtime does not use, such as descriptions and the simulation', async () => {
    const { jobs } = await evaluate<Tables>(emitJobs(readService('toy', fixture())))
    expect(jobs).toEqual({
      job: {
        key: { job_id: '/id' },
        get: { operation: 'getJob', at: '' },
        list: { operation: 'listJobs', at: '/jobs', args: { order: 'desc' } },
        create: { createJob: '' },
        cancel: { operation: 'stopJobs', body: { job_ids: ['$job_id'] }, without: ['job_id'], run: 'cancelJob' },
        fields: { name: '/name', state: '/state' },
        polling: { interval: 5, maxInterval: 30 },
        endsByItself: false,
        states: {
          NEW: { is: 'queued', stable: true },
          RUNNING: 'running',
          DONE: 'succeeded',
          LOST: { is: 'failed', settle: 60 },
        },
      },
      'night-run': {
        key: { workspace_id: '', kind: '/kind', run_id: '/run/id' },
        get: { operation: 'searchRuns', at: '/items', find: ['kind', 'run_id'], run: 'findJob' },
        list: { operation: 'searchRuns', at: '/items' },
        fields: { state: '/run/status' },
        polling: { interval: 5, maxInterval: 30 },
        states: { 0: 'running', '-1': 'failed' },
      },
    })
  })

  test('the table of a job kind contains the sort field of a list, the progress, the logs and optional fields', async () => {
    const logs = { operation: 'getJob', at: '/lines', each: { file: '/files' }, after: { from: '/end' } }
    const spec = changed('/x-jobs/job/operations/logs', logs)
    const job = spec['x-jobs']?.['job']
    Object.assign(job?.operations ?? {}, { progress: { operation: 'getJob', at: '/done' } })
    Object.assign(job?.list ?? {}, { sortedBy: 'createdAt' })
    Object.assign(job?.fields ?? {}, { owner: '/user', duration: '/ran' })
    const { jobs } = await evaluate<Tables>(emitJobs(readService('toy', spec)))
    expect(jobs['job']).toMatchObject({
      list: { sortedBy: 'createdAt' },
      fields: { owner: '/user', duration: '/ran' },
      progress: { operation: 'getJob', at: '/done' },
      logs,
    })
  })

  test('lists the default operation first if several operations create a job', async () => {
    const create = [
      { operation: 'createJob', at: '' },
      { operation: 'createRun', at: '/run', default: true },
    ]
    const spec = changed('/x-jobs/job/operations/create', create)
    const { jobs } = await evaluate<Tables>(emitJobs(readService('toy', spec)))
    expect(Object.entries((jobs['job'] as { create: object }).create)).toEqual([
      ['createRun', '/run'],
      ['createJob', ''],
    ])
  })

  test('the table of jobs is empty for a service without jobs', async () => {
    const { jobs } = await evaluate<Tables>(emitJobs(readService('toy', changed('/x-jobs', undefined))))
    expect(jobs).toEqual({})
  })
})
