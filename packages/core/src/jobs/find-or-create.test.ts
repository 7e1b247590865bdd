import { describe, expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../test/test-client.ts'
import type { PageRule, PageRules } from '../http/service.ts'
import { findOrCreate } from './find-or-create.ts'
import type { JobKind } from './job-kind.ts'
import { withJobs } from './with-jobs.ts'

const kind = {
  key: { job_id: '/id' },
  get: { operation: 'getJob', at: '' },
  list: { operation: 'listJobs', at: '/jobs', args: { order: 'desc' } },
  create: { createJob: '/job' },
  fields: { name: '/meta/name', state: '/state', createdAt: '/created' },
  polling: { interval: 1, maxInterval: 2 },
  states: {},
} satisfies JobKind

const once = { idempotency: findOrCreate }
const body = { meta: { name: 'mine' } }
const createdResponse = { job: { id: 1 } }
const createItem = (more: object = {}) => ({ id: 7, meta: { name: 'mine' }, created: Date.now(), ...more })
const list = (...jobs: object[]) => respond({ jobs })

function createJobClient(responses: FakeResponse[], rules: JobKind = kind, pageRules: PageRules = {}) {
  const created = createTestClient(responses, { retry: false, maxResponseBytes: 1000 })
  return { ...created, client: withJobs(created.client, { service, pageRules, jobs: { job: rules } }) }
}

describe('if the response to a create request is lost', () => {
  const failures: [string, () => FakeResponse][] = [
    ['a broken connection', () => createFetchError('ECONNRESET')],
    ['a timeout', () => 'hang'],
    ['a gateway timeout', () => respond({}, 504)],
    ['a body that is not JSON', () => new Response('<html>')],
    ['a 204', () => new Response(null, { status: 204 })],
    ['a body that is null', () => respond(null)],
    ['a body that is too large', () => respond({ text: 'x'.repeat(1000) }, 500)],
  ]

  test.each(failures)('returns the existing job after %s', async (_, createFailure) => {
    const { client, requests } = createJobClient([
      createFailure(),
      list({ id: 2, meta: { name: 'other' } }, createItem()),
    ])
    expect(await client.createJob({ body }, once)).toEqual({ job: createItem({ created: expect.any(Number) }) })
    expect(requests.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'POST /v1/p1/jobs',
      'GET /v1/p1/jobs?order=desc',
    ])
  })

  test('finds a job that appears in the list later', async () => {
    const { client, clock } = createJobClient([createFetchError('ECONNRESET'), list(), list(createItem())])
    expect(await client.createJob({ body }, once)).toMatchObject({ job: { id: 7 } })
    expect(clock.now()).toBe(2000)
  })

  test('sends the request once more if three searches do not find the job', async () => {
    const { client, requests } = createJobClient([
      createFetchError('ECONNRESET'),
      list(),
      list(),
      list(),
      respond(createdResponse),
    ])
    expect(await client.createJob({ body }, once)).toEqual(createdResponse)
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test('ignores an older job with the same name', async () => {
    const old = createItem({ created: Date.now() - 2 * 3_600_000 })
    const { client } = createJobClient([
      createFetchError('ECONNRESET'),
      list(old),
      list(old),
      list(old),
      respond(createdResponse),
    ])
    expect(await client.createJob({ body }, once)).toEqual(createdResponse)
  })

  test('reads no page after the first job that is too old if the list is sorted by creation', async () => {
    const old = createItem({ created: Date.now() - 2 * 3_600_000 })
    const sorted: JobKind = { ...kind, list: { ...kind.list, sortedBy: 'createdAt' } }
    const page = () => respond({ jobs: [old], total: 200 })
    const pageRule: PageRule = { style: 'offset', param: 'from', size: 'size', items: '/jobs', total: '/total' }
    const { client, requests } = createJobClient(
      [createFetchError('ECONNRESET'), page(), page(), page(), respond(createdResponse)],
      sorted,
      { listJobs: pageRule },
    )
    expect(await client.createJob({ body }, once)).toEqual(createdResponse)
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET', 'POST'])
  })

  test('rejects if the second response is lost too and the list does not contain the job', async () => {
    const failAndFindNothing = () => [createFetchError('ECONNRESET'), list(), list(), list()]
    const { client, requests } = createJobClient([...failAndFindNothing(), ...failAndFindNothing()])
    await expect(client.createJob({ body }, once)).rejects.toMatchObject({ mayHaveHappened: true })
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test('does not send the request again if the search fails', async () => {
    const { client, requests } = createJobClient([createFetchError('ECONNRESET'), respond({}, 500)])
    await expect(client.createJob({ body }, once)).rejects.toMatchObject({
      operation: 'createJob',
      mayHaveHappened: true,
    })
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('searches all lists of the kind', async () => {
    const each = { ...kind, list: { operation: 'listJobs', at: '/jobs', each: { type: ['etl', 'ranking'] } } }
    const { client, requests } = createJobClient([createFetchError('ECONNRESET'), list(), list(createItem())], each)
    expect(await client.createJob({ body }, once)).toMatchObject({ job: { id: 7 } })
    expect(requests.slice(1).map(({ url }) => url.slice(27))).toEqual(['?type=etl', '?type=ranking'])
  })
})

describe('the timeout of the call', () => {
  test('the timeout of the call covers the creation and all searches', async () => {
    const { client, clock, requests } = createJobClient(['hang'])
    const error = await catchRejection(client.createJob({ body }, { ...once, timeout: '1s' }))
    expect(error).toMatchObject({ name: 'TimeoutError', operation: 'createJob', mayHaveHappened: true })
    expect(clock.now()).toBe(1000)
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['the pause before a search', [createFetchError('ECONNRESET'), list()], 1000, 0],
    ['a search', [createFetchError('ECONNRESET'), list(), 'hang'], 5000, 5000],
  ] as const)('the timeout of the call ends %s', async (_, acts, timeout, duration) => {
    const { client, clock } = createJobClient([...acts])
    const error = await catchRejection(client.createJob({ body }, { ...once, timeout }))
    expect(error).toMatchObject({ name: 'NetworkError', operation: 'createJob', mayHaveHappened: true })
    expect(clock.now()).toBe(duration)
  })
})

test('ignores a job with the same name whose age is unknown', async () => {
  const item = createItem({ created: undefined })
  const { client } = createJobClient([
    createFetchError('ECONNRESET'),
    list(item),
    list(item),
    list(item),
    respond(createdResponse),
  ])
  expect(await client.createJob({ body }, once)).toEqual(createdResponse)
})

test('does not search if a response arrives or no connection is established', async () => {
  const { client, requests } = createJobClient([
    respond(createdResponse),
    respond({}, 409),
    createFetchError('ECONNREFUSED'),
  ])
  expect(await client.createJob({ body }, once)).toEqual(createdResponse)
  await expect(client.createJob({ body }, once)).rejects.toMatchObject({ status: 409 })
  await expect(client.createJob({ body }, once)).rejects.toMatchObject({ mayHaveHappened: false })
  expect(requests).toHaveLength(3)
})

test('stops the search when the caller aborts', async () => {
  const controller = new AbortController()
  const abort = () => {
    controller.abort('mine')
    return list()
  }
  const { client } = createJobClient([createFetchError('ECONNRESET'), abort])
  expect(await catchRejection(client.createJob({ body }, { ...once, signal: controller.signal }))).toBe('mine')
})

test.each([
  ['a body without a name', {}, kind, 'createJob: body/meta/name is missing. findOrCreate needs it to find the job.'],
  [
    'a kind without names',
    body,
    { ...kind, fields: { state: '/state' } },
    'idempotency is not available: createJob does not create jobs',
  ],
  [
    'a kind without creation times',
    body,
    { ...kind, fields: { name: '/meta/name', state: '/state', updatedAt: '/updated' } },
    'createJob does not create jobs that can be found by name and age',
  ],
  [
    'an operation that creates no jobs',
    body,
    { ...kind, create: {} },
    'idempotency is not available: createJob does not create jobs',
  ],
])('rejects %s before anything is sent', async (_, given, rules, message) => {
  const { client, requests } = createJobClient([], rules as JobKind)
  const error = await catchRejection(client.createJob({ body: given }, once))
  expect(`${error}`).toContain(message)
  expect(error).toMatchObject(given === body ? { option: 'idempotency' } : { parameter: 'body' })
  expect(requests).toHaveLength(0)
})
