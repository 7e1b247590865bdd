import { describe, expect, test } from 'vitest'
import { changed } from '../../test/fixture.ts'
import { emitTypes } from '../emit/types.ts'
import type { Json } from './document.ts'
import { readService } from './service.ts'

const list = '/paths/~1v1~1{project_id}~1jobs/get'
const create = '/paths/~1v1~1{project_id}~1jobs/post'
const get = '/paths/~1v1~1{project_id}~1jobs~1{job_id}/get'
const text = { type: 'string' }

/** Each case is a change of the valid fixture, followed by parts of the expected error message. */
const cases: [title: string, pointer: string, value: Json | undefined, ...message: string[]][] = [
  ['a missing client name', '/x-client-name', undefined, 'x-client-name', 'openapi.yaml'],
  [
    'a missing operationId',
    `${get}/operationId`,
    undefined,
    'GET /v1/{project_id}/jobs/{job_id}',
    'operationId is missing',
  ],
  ['an operationId that is a property of the client', `${get}/operationId`, 'http', "'http' cannot be a method"],
  ['two operations with the same ID', `${get}/operationId`, 'createJob', 'createJob', 'two operations'],
  ['an unsupported HTTP method', '/paths/~1v1~1{project_id}~1jobs/trace', {}, "'trace' is not supported"],
  ['callbacks', `${get}/callbacks`, {}, 'getJob', "'callbacks'"],
  [
    'the same name in path and query',
    `${get}/parameters`,
    [{ name: 'job_id', in: 'query', schema: text }],
    'getJob',
    "'job_id' is both a path and a query parameter",
  ],
  [
    'a query parameter named body',
    `${get}/parameters`,
    [{ name: 'body', in: 'query', schema: text }],
    'getJob',
    "'body'",
  ],
  [
    'a cookie parameter',
    `${get}/parameters`,
    [{ name: 'sid', in: 'cookie', schema: text }],
    'getJob',
    "'sid'",
    "'cookie'",
  ],
  [
    'a comma-separated array',
    `${list}/parameters/3/explode`,
    false,
    "listJobs: query parameter 'state-in'",
    'explode: false is not supported',
  ],
  ['a deep object', `${list}/parameters/3/style`, 'deepObject', "'state-in'", "'deepObject'"],
  ['an object in the query', `${list}/parameters/2/schema`, { type: 'object' }, "'order'", 'objects are not supported'],
  [
    'a path parameter that is not declared',
    '/paths/~1v1~1{project_id}~1jobs~1{job_id}/parameters',
    [],
    "path parameter 'project_id' is not declared",
  ],
  ['no documented success', `${get}/responses`, { 404: { description: 'No.' } }, 'getJob', 'no 2xx response'],
  [
    'a success schema without a name',
    `${get}/responses/200/content/application~1json/schema`,
    { type: 'object', properties: {} },
    'getJob: response 200',
    'the schema has no name',
  ],
  [
    'a body without a name',
    `${create}/requestBody/content/application~1json/schema`,
    { type: 'object' },
    'createJob: requestBody',
    'has no name',
  ],
  [
    'another content type',
    `${get}/responses/200/content`,
    { 'text/csv': { schema: text } },
    'getJob: response 200',
    'text/csv is not supported',
  ],
  [
    'an object in a form',
    '/components/schemas/FileUpload/properties/name',
    { type: 'object' },
    'uploadFile: requestBody/name',
    'a part must be a string',
  ],
  [
    'a union with an unnamed part',
    `${get}/responses/200/content/application~1json/schema`,
    { oneOf: [{ $ref: '#/components/schemas/Job' }, { type: 'object' }] },
    'getJob: response 200',
    'has no name',
  ],
  [
    'a list of unnamed items',
    '/components/schemas/JobList/properties/jobs/items',
    { type: 'object' },
    'listJobs: x-pagination.items',
    'has no name',
  ],
  [
    'a list that responses can omit',
    '/components/schemas/JobList/required',
    ['total'],
    'listJobs: x-pagination.items',
    "'/jobs' is not required",
  ],
  [
    'a pointer to missing items',
    `${list}/x-pagination/items`,
    '/job',
    'listJobs: x-pagination.items',
    'points to nothing',
  ],
  [
    'a client option for an unknown path parameter',
    '/x-client-parameters',
    { space_id: 'spaceId' },
    'x-client-parameters.space_id',
    'no path has',
  ],
  [
    'a client option that every client has',
    '/x-client-parameters',
    { project_id: 'pid' },
    'every client has this option',
  ],
  [
    'an operation with the name of a wait method',
    '/paths/~1v1~1{project_id}~1jobs/delete/operationId',
    'waitForNightRun',
    'x-jobs.night-run',
    'same name waitForNightRun',
  ],
  ['an unknown page parameter', `${list}/x-pagination/param`, 'offset', "'offset' is not a query parameter"],
  [
    'an unknown cancel operation',
    '/x-jobs/job/operations/cancel/1/operation',
    'stopJob',
    'x-jobs.job',
    "'stopJob' does not exist",
  ],
  ['an unknown create operation', '/x-jobs/job/operations/create/0/operation', 'makeJob', 'x-jobs.job', "'makeJob'"],
  ['a job key without a path parameter', '/x-jobs/job/key', { id: '/id' }, 'x-jobs.job.key', "'job_id'", 'getJob'],
  [
    'a server without a cloud',
    '/servers/0/x-cloud',
    undefined,
    'https://toy.{region}.example.com',
    'x-cloud is missing',
  ],
  ['a server with an unknown variable', '/servers/0/url', 'https://{host}', 'https://{host}', '{region}'],
  [
    'two content types',
    `${get}/responses/200/content/text~1csv`,
    { schema: text },
    'getJob: response 200',
    'exactly one content type is supported',
  ],
  [
    'a response without a schema',
    `${get}/responses/200/content/application~1json/schema`,
    undefined,
    'getJob: response 200',
    'the schema is missing',
  ],
  ['a form without fields', '/components/schemas/FileUpload', text, 'uploadFile', 'a form must have properties'],
  [
    'a list of objects in a form',
    '/components/schemas/FileUpload/properties/name',
    { type: 'array', items: { type: 'object' } },
    'uploadFile: requestBody/name',
    'a part must be a string',
  ],
  [
    'a path parameter that is not in the path',
    `${list}/parameters`,
    [{ name: 'job_id', in: 'path', required: true, schema: text }],
    'listJobs',
    "path parameter 'job_id' is not in /v1/{project_id}/jobs",
  ],
  [
    'an unknown page position in the body',
    '/paths/~1v2~1{project_id}~1workspaces~1{workspace_id}~1runs/post/x-pagination/param',
    'start',
    'searchRuns: x-pagination',
    "'start' is not a member of the body",
  ],
  [
    'a parameter without a schema',
    `${get}/parameters/0/schema`,
    undefined,
    "getJob: header parameter 'X-Language'",
    'the schema is missing',
  ],
  ['reserved characters in the query', `${list}/parameters/2/allowReserved`, true, 'allowReserved is not supported'],
  ['a list in a header', `${get}/parameters/0/schema`, { type: 'array' }, "arrays in 'header' are not supported"],
  [
    'a list or null in a header',
    `${get}/parameters/0/schema`,
    { type: ['array', 'null'] },
    "arrays in 'header' are not supported",
  ],
  [
    'a circular reference',
    '/components/schemas/Job',
    { $ref: '#/components/schemas/Job' },
    'the reference is circular',
  ],
  [
    'a reference to another file',
    `${get}/responses/200`,
    { $ref: 'other.yaml#/Job' },
    'other.yaml#/Job',
    'points outside the document',
  ],
  ['a region and a variable', '/servers/0/x-region', 'r-1', 'x-region cannot be combined with a variable'],
  [
    'a variable without a default',
    '/servers/0/variables/region/default',
    undefined,
    'the only variable must be {region}, with a default',
  ],
  ['two URL patterns of a cloud', '/servers/2/x-cloud', 'huaweicloud', 'huaweicloud already has a URL pattern'],
  ['a fixed host of a cloud without a URL pattern', '/servers/1/x-cloud', 'other', 'other has no URL pattern'],
  ['no servers', '/servers', [], 'there are no servers'],
  ['no error rules', '/x-errors', undefined, 'x-errors', 'missing'],
  ['a schema with the name of a generated type', '/components/schemas/GetJobArgs', text, 'GetJobArgs', 'taken'],
  ['a schema name that is not a type name', '/components/schemas/job-list', text, 'job-list', 'PascalCase'],
  [
    'a reference to a missing component',
    `${get}/responses/200`,
    { $ref: '#/components/responses/None' },
    '#/components/responses/None',
    'does not exist',
  ],
  [
    'a secret that is marked next to a $ref',
    '/components/schemas/JobCreate/properties/name',
    { $ref: '#/components/schemas/Job', 'x-sensitive': true },
    '#/components/schemas/Job',
    "'x-sensitive' next to a $ref is not supported",
    'Move it to the target',
  ],
  [
    'a maximum next to the $ref of a page size',
    `${list}/parameters/1/schema`,
    { $ref: '#/components/schemas/Job', maximum: 100 },
    "'maximum' next to a $ref is not supported",
  ],
]

describe('rejects a spec with', () => {
  test.each(cases)('%s', (_, pointer, value, ...message) => {
    const read = () => emitTypes(readService('toy', changed(pointer, value)))
    for (const part of message) expect(read).toThrow(part)
  })
})
