import type { Document, Json, JsonObject } from '../src/read/document.ts'

/** Returns the spec of a small service. The spec uses every feature that the emitters support. */
export function fixture(): Document {
  return structuredClone(document)
}

/** Returns the fixture with a different value at a JSON Pointer. The value `undefined` removes the old value. */
export function changed(pointer: string, value: Json | undefined): Document {
  const copy = fixture()
  const parts = pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/'))
  const last = parts.pop() as string
  let place = copy as unknown as { [name: string]: unknown }
  for (const part of parts) place = place[part] as { [name: string]: unknown }
  if (value === undefined) delete place[last]
  else place[last] = value
  return copy
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const body = (schema: JsonObject, example?: Json) => ({
  content: {
    'application/json': { schema, ...(example !== undefined && { examples: { first: { value: example } } }) },
  },
})
const project = {
  name: 'project_id',
  in: 'path',
  required: true,
  description: 'ID of the project.',
  schema: { type: 'string' },
  example: '0123',
}
const workspace = {
  name: 'workspace_id',
  in: 'path',
  required: true,
  description: 'ID of the workspace.',
  schema: { type: 'string' },
  example: 'w-1',
}
const jobId = { name: 'job_id', in: 'path', required: true, schema: { type: 'string' }, example: 'j-1' }

const document: Document = {
  openapi: '3.1.0',
  info: { title: 'Toy service', version: '1.0.0' },
  'x-client-name': 'Toy',
  'x-client-parameters': { workspace_id: 'workspaceId' },
  servers: [
    {
      url: 'https://toy.{region}.example.com',
      'x-cloud': 'huaweicloud',
      variables: { region: { default: 'cn-north-4' } },
    },
    { url: 'https://toy.eu-west-101.example.eu', 'x-cloud': 'huaweicloud', 'x-region': 'eu-west-101' },
    { url: 'https://toy.{region}.otc.example.com', 'x-cloud': 'otc', variables: { region: { default: 'eu-de' } } },
  ],
  paths: {
    '/v1/{project_id}/jobs': {
      parameters: [project],
      get: {
        operationId: 'listJobs',
        summary: 'List jobs',
        'x-pagination': {
          style: 'offset',
          in: 'query',
          param: 'from',
          size: 'size',
          first: 0,
          items: '/jobs',
          total: '/total',
          key: '/id',
        },
        parameters: [
          { name: 'from', in: 'query', schema: { type: 'integer', default: 0 }, example: 0 },
          {
            name: 'size',
            in: 'query',
            description: 'Number of jobs per page.',
            schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
            example: 50,
          },
          { name: 'order', in: 'query', schema: { type: 'string', enum: ['asc', 'desc'] }, example: 'desc' },
          {
            name: 'state-in',
            in: 'query',
            schema: { type: 'array', items: { type: 'string', enum: ['NEW', 'DONE'] } },
            example: ['NEW'],
          },
        ],
        responses: { 200: { description: 'A page.', ...body(ref('JobList')) } },
      },
      delete: {
        operationId: 'deleteJobs',
        deprecated: true,
        requestBody: { required: true, ...body(ref('JobStop'), { job_ids: ['j-1', 'j-2'] }) },
        responses: { 202: { description: 'The jobs will be deleted.' } },
      },
      post: {
        operationId: 'createJob',
        summary: 'Create a job',
        'x-retry': 'never',
        requestBody: {
          required: true,
          ...body(ref('JobCreate'), { name: 'nightly', priority: 'low', steps: [{ kind: 'sql' }] }),
        },
        responses: { 200: { description: 'The job.', ...body(ref('Job')) }, 400: { description: 'Rejected.' } },
      },
    },
    '/v1/{project_id}/jobs/{job_id}': {
      parameters: [project, jobId],
      get: {
        operationId: 'getJob',
        summary: 'Get a job',
        description: 'One job.',
        'x-provenance': { source: 'docs', page: 'Querying a job', checked: '2026-11-21' },
        parameters: [
          { name: 'X-Language', in: 'header', description: 'Language of messages.', schema: { type: 'string' } },
        ],
        responses: { 200: { description: 'The job.', ...body(ref('Job')) }, 404: { description: 'Not found.' } },
      },
      delete: { operationId: 'deleteJob', responses: { 204: { description: 'Deleted.' } } },
    },
    '/v1/{project_id}/jobs/stop': {
      parameters: [project],
      post: {
        operationId: 'stopJobs',
        'x-retry': 'unprocessed',
        requestBody: { required: true, ...body(ref('JobStop'), { job_ids: ['j-1'] }) },
        responses: { 200: { description: 'A result per job.', ...body({ type: 'array', items: ref('StopResult') }) } },
      },
    },
    '/v1/{project_id}/files': {
      parameters: [project],
      post: {
        operationId: 'uploadFile',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: ref('FileUpload'),
              examples: { first: { value: { name: 'a.jar', file: 'bytes' } } },
            },
          },
        },
        responses: { 200: { description: 'Stored.', ...body(ref('Anything')) } },
      },
    },
    '/v2/{project_id}/workspaces/{workspace_id}/runs': {
      parameters: [project, workspace],
      post: {
        operationId: 'searchRuns',
        'x-pagination': {
          style: 'offset',
          in: 'body',
          param: 'offset',
          size: 'limit',
          items: '/items',
          key: '/run/id',
        },
        requestBody: { required: true, ...body(ref('RunSearch'), { offset: 0, limit: 10, kind: 'sql' }) },
        responses: { 200: { description: 'A page.', ...body(ref('RunList')) } },
      },
      put: {
        operationId: 'createRun',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: ref('RunCreate'),
              examples: { sql: { value: { sql: 'SELECT 1' } }, jar: { value: { jar: 'a.jar', owner: null } } },
            },
          },
        },
        responses: {
          201: { description: 'The run.', ...body({ oneOf: [ref('RunItem'), { type: 'null' }] }) },
          202: { description: 'The run will be created.' },
        },
      },
    },
  },
  components: {
    schemas: {
      RunSearch: {
        type: 'object',
        required: ['limit', 'kind'],
        properties: {
          offset: { type: 'integer' },
          limit: { type: 'integer', maximum: 50 },
          kind: { enum: ['sql', 'jar'] },
        },
      },
      RunList: {
        type: 'object',
        required: ['items'],
        properties: { items: { type: ['array', 'null'], items: ref('RunItem') } },
      },
      RunItem: {
        type: 'object',
        required: ['run'],
        properties: { run: { oneOf: [ref('Run'), { type: 'null' }] }, kind: { type: 'string' } },
      },
      Run: {
        type: 'object',
        required: ['id', 'status'],
        properties: { id: { type: 'string' }, status: { type: 'integer' } },
      },
      RunCreate: { oneOf: [ref('SqlRun'), ref('JarRun')] },
      SqlRun: { type: 'object', required: ['sql'], properties: { sql: { type: 'string' } } },
      JarRun: {
        type: 'object',
        required: ['jar'],
        properties: { jar: { type: 'string' }, owner: { oneOf: [ref('RunOwner'), { type: 'null' }] } },
      },
      RunOwner: { type: 'object', required: ['name'], properties: { name: { type: ['string', 'null'] } } },
      JobState: {
        type: 'string',
        description: 'State of a job.',
        'x-known-values': ['NEW', 'RUNNING', 'DONE'],
        examples: ['NEW'],
      },
      JobCode: { type: ['integer', 'null'], 'x-known-values': [-1, 7] },
      Job: {
        type: 'object',
        description: 'A job.',
        required: ['id', 'state'],
        properties: {
          id: { type: 'string', minLength: 1, maxLength: 64 },
          name: { type: 'string', description: 'Name of the job.' },
          state: ref('JobState'),
          code: ref('JobCode'),
        },
      },
      JobList: {
        type: 'object',
        required: ['jobs'],
        properties: { jobs: { type: 'array', items: ref('Job') }, total: { type: 'integer' } },
      },
      Step: { type: 'object', required: ['kind'], properties: { kind: { type: 'string', enum: ['sql', 'jar'] } } },
      JobCreate: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          priority: { type: 'string', enum: ['low', 'high'], default: 'low', description: 'Priority of the job.' },
          steps: { type: 'array', items: ref('Step') },
        },
      },
      JobStop: {
        type: 'object',
        required: ['job_ids'],
        properties: { job_ids: { type: 'array', items: { type: 'string' } } },
      },
      StopResult: { type: 'object', properties: { stopped: { type: 'boolean' } } },
      FileUpload: {
        type: 'object',
        required: ['name', 'file'],
        properties: { name: { type: 'string' }, file: { type: 'string', format: 'binary' } },
      },
      Anything: { type: 'object' },
    },
  },
  'x-jobs': {
    job: {
      title: 'Toy job',
      endsByItself: false,
      key: { job_id: '/id' },
      operations: {
        get: { operation: 'getJob', at: '' },
        list: { operation: 'listJobs', at: '/jobs' },
        create: [{ operation: 'createJob', at: '' }],
        cancel: [{ operation: 'deleteJob' }, { operation: 'stopJobs', body: { job_ids: ['$job_id'] }, default: true }],
        delete: [{ operation: 'deleteJobs', body: { job_ids: ['$job_id'] } }],
      },
      fields: { name: '/name', state: '/state' },
      states: {
        NEW: { is: 'queued', stable: true, description: 'The job waits.' },
        RUNNING: { is: 'running', inferred: true },
        DONE: { is: 'succeeded' },
        LOST: { is: 'failed', settle: 60 },
      },
      polling: { interval: 5, maxInterval: 30 },
      list: { args: { order: 'desc' }, filters: { 'state-in': '/state' } },
      simulation: { paths: { run: ['NEW', 'RUNNING', 'DONE'] } },
    },
    'night-run': {
      title: 'Run',
      key: { workspace_id: '', kind: '/kind', run_id: '/run/id' },
      operations: {
        get: { operation: 'searchRuns', at: '/items', find: true },
        list: { operation: 'searchRuns', at: '/items' },
      },
      fields: { state: '/run/status' },
      states: { 0: { is: 'running' }, '-1': { is: 'failed' } },
      polling: { interval: 5, maxInterval: 30 },
    },
  },
  'x-errors': {
    failure: { at: '/ok', in: [false, 'false'] },
    code: ['/code'],
    message: ['/message'],
    requestId: ['/request_id'],
    kinds: {
      'not-found': ['TOY.0023', 'APIG.0101', 'APIGW.0101'],
      auth: ['TOY.1', 'TOY.2', 'APIG.0301', 'APIG.0303', 'APIGW.0301', 'APIGW.0303'],
    },
  },
}
