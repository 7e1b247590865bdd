import { describe, expect, test } from 'vitest'
import { type Act, fetchFailed, harness, json, rejection } from '../../test/harness.ts'
import { service } from '../../test/service.ts'
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
const created = { job: { id: 1 } }
const mine = (more: object = {}) => ({ id: 7, meta: { name: 'mine' }, created: Date.now(), ...more })
const list = (...jobs: object[]) => json({ jobs })

function creating(acts: Act[], rules: JobKind = kind) {
  const made = harness(acts, { retry: false })
  return { ...made, client: withJobs(made.client, service, { job: rules }) }
}

describe('a creation whose reply is lost', () => {
  const losses: [string, () => Act][] = [
    ['a connection that broke', () => fetchFailed('ECONNRESET')],
    ['no answer in time', () => 'hang'],
    ['a gateway that gave up', () => json({}, 504)],
    ['garbage', () => new Response('<html>')],
  ]

  test.each(losses)('by %s: the job that is there is the result', async (_, lost) => {
    const { client, seen } = creating([lost(), list({ id: 2, meta: { name: 'other' } }, mine())])
    expect(await client.createJob({ body }, once)).toEqual({ job: mine({ created: expect.any(Number) }) })
    expect(seen.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'POST /v1/p1/jobs',
      'GET /v1/p1/jobs?order=desc',
    ])
  })

  test('one that appears late is found', async () => {
    const { client, clock } = creating([fetchFailed('ECONNRESET'), list(), list(mine())])
    expect(await client.createJob({ body }, once)).toMatchObject({ job: { id: 7 } })
    expect(clock.now()).toBe(2000)
  })

  test('one that is not there after three looks is created, once more', async () => {
    const { client, seen } = creating([fetchFailed('ECONNRESET'), list(), list(), list(), json(created)])
    expect(await client.createJob({ body }, once)).toEqual(created)
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test('an older job of that name is another one', async () => {
    const old = mine({ created: Date.now() - 2 * 3_600_000 })
    const { client } = creating([fetchFailed('ECONNRESET'), list(old), list(old), list(old), json(created)])
    expect(await client.createJob({ body }, once)).toEqual(created)
  })

  test('lost twice, and never there, it rejects', async () => {
    const looks = () => [fetchFailed('ECONNRESET'), list(), list(), list()]
    const { client, seen } = creating([...looks(), ...looks()])
    await expect(client.createJob({ body }, once)).rejects.toMatchObject({ mayHaveHappened: true })
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test('if it cannot be told whether it is there, nothing is sent again', async () => {
    const { client, seen } = creating([fetchFailed('ECONNRESET'), json({}, 500)])
    await expect(client.createJob({ body }, once)).rejects.toMatchObject({
      operation: 'createJob',
      mayHaveHappened: true,
    })
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('is looked for in each list of its kind', async () => {
    const each = { ...kind, list: { operation: 'listJobs', at: '/jobs', each: { type: ['etl', 'ranking'] } } }
    const { client, seen } = creating([fetchFailed('ECONNRESET'), list(), list(mine())], each)
    expect(await client.createJob({ body }, once)).toMatchObject({ job: { id: 7 } })
    expect(seen.slice(1).map(({ url }) => url.slice(27))).toEqual(['?type=etl', '?type=ranking'])
  })
})

test('a creation that is answered is left alone, whatever the answer', async () => {
  const { client, seen } = creating([json(created), json({}, 409), fetchFailed('ECONNREFUSED')])
  expect(await client.createJob({ body }, once)).toEqual(created)
  await expect(client.createJob({ body }, once)).rejects.toMatchObject({ status: 409 })
  await expect(client.createJob({ body }, once)).rejects.toMatchObject({ mayHaveHappened: false })
  expect(seen).toHaveLength(3)
})

test('an abort ends the search', async () => {
  const controller = new AbortController()
  const abort = () => {
    controller.abort('mine')
    return list()
  }
  const { client } = creating([fetchFailed('ECONNRESET'), abort])
  expect(await rejection(client.createJob({ body }, { ...once, signal: controller.signal }))).toBe('mine')
})

test.each([
  ['a name that is missing', {}, kind, 'createJob: body/meta/name must be given'],
  ['a kind without a name', body, { ...kind, fields: { state: '/state' } }, 'idempotency: createJob creates no job'],
  ['an operation that creates no job', body, { ...kind, create: {} }, 'idempotency: createJob creates no job'],
])('%s is refused before anything is sent', async (_, given, rules, message) => {
  const { client, seen } = creating([], rules as JobKind)
  await expect(client.createJob({ body: given }, once)).rejects.toThrow(message)
  expect(seen).toHaveLength(0)
})
