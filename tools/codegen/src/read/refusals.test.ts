import { describe, expect, test } from 'vitest'
import { changed } from '../../test/fixture.ts'
import { emitTypes } from '../emit/types.ts'
import type { Json } from './document.ts'
import { readService } from './service.ts'

const list = '/paths/~1v1~1{project_id}~1jobs/get'
const create = '/paths/~1v1~1{project_id}~1jobs/post'
const get = '/paths/~1v1~1{project_id}~1jobs~1{job_id}/get'
const text = { type: 'string' }

/** What is done to the sound fixture, and what the error must say. */
const refusals: [what: string, pointer: string, value: Json | undefined, ...says: string[]][] = [
  ['no client name', '/x-client-name', undefined, 'x-client-name', 'openapi.yaml'],
  ['no operationId', `${get}/operationId`, undefined, 'GET /v1/{project_id}/jobs/{job_id}', 'operationId is missing'],
  ['an operationId that is taken by the client', `${get}/operationId`, 'http', "'http' cannot be a method"],
  ['two operations of one name', `${get}/operationId`, 'createJob', 'createJob', 'two operations'],
  ['a method nobody emits', '/paths/~1v1~1{project_id}~1jobs/trace', {}, "'trace' is not supported"],
  ['callbacks', `${get}/callbacks`, {}, 'getJob', "'callbacks'"],
  [
    'one name in path and query',
    `${get}/parameters`,
    [{ name: 'job_id', in: 'query', schema: text }],
    'getJob',
    "'job_id' is both a path and a query parameter",
  ],
  ['a query called body', `${get}/parameters`, [{ name: 'body', in: 'query', schema: text }], 'getJob', "'body'"],
  ['a cookie', `${get}/parameters`, [{ name: 'sid', in: 'cookie', schema: text }], 'getJob', "'sid'", "'cookie'"],
  [
    'an array joined by commas',
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
  ['an undocumented success', `${get}/responses`, { 404: { description: 'No.' } }, 'getJob', 'there is no 2xx'],
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
    'a form with an object in it',
    '/components/schemas/FileUpload/properties/name',
    { type: 'object' },
    'uploadFile: requestBody/name',
    'a part must be a text',
  ],
  [
    'a union with a part that has no name',
    `${get}/responses/200/content/application~1json/schema`,
    { oneOf: [{ $ref: '#/components/schemas/Job' }, { type: 'object' }] },
    'getJob: response 200',
    'has no name',
  ],
  [
    'a list whose items have no name',
    '/components/schemas/JobList/properties/jobs/items',
    { type: 'object' },
    'listJobs: x-pagination.items',
    'has no name',
  ],
  ['items that are not there', `${list}/x-pagination/items`, '/job', 'listJobs: x-pagination.items', 'leads nowhere'],
  [
    'an option for a parameter that no path has',
    '/x-client-parameters',
    { space_id: 'spaceId' },
    'x-client-parameters.space_id',
    'no path has',
  ],
  ['an option that every client has', '/x-client-parameters', { project_id: 'pid' }, 'every client has that one'],
  [
    'a wait that is an operation',
    '/paths/~1v1~1{project_id}~1jobs/delete/operationId',
    'waitForNightRun',
    'x-jobs.night-run',
    'same name waitForNightRun',
  ],
  ['a page parameter that is none', `${list}/x-pagination/param`, 'offset', "'offset' is no query parameter"],
  [
    'a job of an unknown operation',
    '/x-jobs/job/operations/cancel/1/operation',
    'stopJob',
    'x-jobs.job',
    "no operation 'stopJob'",
  ],
  [
    'a job created by an unknown operation',
    '/x-jobs/job/operations/create/0/operation',
    'makeJob',
    'x-jobs.job',
    "'makeJob'",
  ],
  ['a job that cannot be read', '/x-jobs/job/key', { id: '/id' }, 'x-jobs.job.key', "'job_id'", 'getJob'],
  ['a server of no cloud', '/servers/0/x-cloud', undefined, 'https://toy.{region}.example.com', 'x-cloud is missing'],
  ['a server with another variable', '/servers/0/url', 'https://{host}', 'https://{host}', '{region}'],
  ['a schema named like generated code', '/components/schemas/GetJobArgs', text, 'GetJobArgs', 'taken'],
  ['a schema name that is no type', '/components/schemas/job-list', text, 'job-list', 'PascalCase'],
  [
    'a reference to nothing',
    `${get}/responses/200`,
    { $ref: '#/components/responses/None' },
    '#/components/responses/None',
    'nothing is there',
  ],
]

describe('what codegen does not support is refused by name', () => {
  test.each(refusals)('%s', (_, pointer, value, ...says) => {
    const read = () => emitTypes(readService('toy', changed(pointer, value)))
    for (const part of says) expect(read).toThrow(part)
  })
})
