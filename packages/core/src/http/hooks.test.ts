import { expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../test/test-client.ts'
import { token } from '../auth/token.ts'
import { withJobs } from '../jobs/with-jobs.ts'
import type { Hooks } from './hooks.ts'

interface ReceivedEvent {
  hook: string
  operation: string
  attributes: Record<string, unknown>
  [more: string]: unknown
}

/** Creates a client with hooks that record their events. */
function createObservedClient(responses: FakeResponse[], options: Hooks = {}) {
  const events: ReceivedEvent[] = []
  const record = (hook: string) => (event: object) => events.push({ hook, ...event } as ReceivedEvent)
  const hooks: Hooks = {
    onRequest: record('request'),
    onResponse: record('response'),
    onRetry: record('retry'),
    onPoll: record('poll'),
    ...options,
  }
  return { events, ...createTestClient(responses, { hooks, credentials: token('T-hush') }) }
}

test('events describe each attempt with the attributes of OpenTelemetry', async () => {
  const { client, events } = createObservedClient([respond({}, 503, { 'x-request-id': 'r-1' }), respond({ id: 'j' })])
  await client.getJob({ job_id: 'j' })
  expect(events.map(({ hook }) => hook)).toEqual(['request', 'response', 'retry', 'request', 'response'])
  expect(events[0]).toMatchObject({
    operation: 'getJob',
    attributes: {
      'http.request.method': 'GET',
      'url.full': 'https://svc.test/v1/p1/jobs/j',
      'server.address': 'svc.test',
      'server.port': 443,
    },
  })
  expect(events[0]?.attributes).not.toHaveProperty('http.request.resend_count')
  expect(events[1]).toMatchObject({
    requestId: 'r-1',
    duration: expect.any(Number),
    attributes: { 'http.response.status_code': 503, 'error.type': '503' },
  })
  expect(events[2]).toMatchObject({ delay: expect.any(Number), attributes: { 'error.type': '503' } })
  expect(events[3]?.attributes).toMatchObject({ 'http.request.resend_count': 1 })
  expect(events[4]?.attributes).toMatchObject({ 'http.response.status_code': 200 })
  expect(events[4]?.attributes).not.toHaveProperty('error.type')
})

test('all events of a call have the same ID, and each call has a different ID', async () => {
  const { client, events } = createObservedClient([respond({}, 503), respond({ id: 'j' }), respond({ id: 'j' })])
  await client.getJob({ job_id: 'j' })
  const ids = new Set(events.map(({ callId }) => callId))
  expect([...ids]).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
  await client.getJob({ job_id: 'j' })
  expect(new Set(events.map(({ callId }) => callId)).size).toBe(2)
})

test('events contain the path of the operation without the values of its parameters', async () => {
  const { client, events } = createObservedClient([respond({ id: 'j' })])
  await client.getJob({ job_id: 'j' })
  for (const { attributes } of events) expect(attributes['url.template']).toBe('/v1/{project_id}/jobs/{job_id}')
})

test('the event of an attempt without a response contains the class of its error', async () => {
  const { client, events } = createObservedClient([createFetchError('ECONNRESET'), 'hang'])
  await catchRejection(client.getJob({ job_id: 'j' }, { retry: 1 }))
  const types = events.filter(({ hook }) => hook === 'response').map(({ attributes }) => attributes['error.type'])
  expect(types).toEqual(['NetworkError', 'TimeoutError'])
})

test('the event of a failure with HTTP 200 contains the class of its error', async () => {
  const { client, events } = createObservedClient([respond({ is_success: false, error_code: 'SVC.1' })])
  await catchRejection(client.getJob({ job_id: 'j' }))
  expect(events[1]?.attributes).toMatchObject({ 'http.response.status_code': 200, 'error.type': 'ApiError' })
})

test('events contain only values of public headers and of names in the options, and never bodies', async () => {
  const responses = () => [respond({ secret: 'B-hush' }, 200, { 'x-subject-token': 'S-hush', 'x-request-id': 'r' })]
  const call = { body: { password: 'P-hush' }, owner: 'O-hush', size: 10 }
  const headers = { 'X-Mine': 'H-hush', 'X-Language': 'en-us' }
  const standard = createObservedClient(responses())
  await standard.client.createJob(call, { headers })
  expect(JSON.stringify(standard.events)).not.toContain('hush')
  expect(standard.events[0]?.attributes).toMatchObject({
    'url.full': 'https://svc.test/v1/p1/jobs?owner=REDACTED&size=REDACTED',
    'http.request.header.x-mine': ['REDACTED'],
    'http.request.header.x-language': ['en-us'],
  })
  expect(standard.events[1]?.attributes).toMatchObject({ 'http.response.header.x-subject-token': ['REDACTED'] })
  const more = createObservedClient(responses(), { headers: ['X-Mine'], query: ['size'] })
  await more.client.createJob(call, { headers })
  expect(more.events[0]?.attributes).toMatchObject({
    'url.full': 'https://svc.test/v1/p1/jobs?owner=REDACTED&size=10',
    'http.request.header.x-mine': ['H-hush'],
  })
})

test('events name a raw call by method and URL without the query', async () => {
  const { client, events } = createObservedClient([respond({})])
  const params = { path: { project_id: 'p', job_id: 'j' }, query: { q: 'Q-hush' } }
  await client.http.GET('/v1/{project_id}/jobs/{job_id}', { params } as never)
  expect(events[0]?.operation).toBe('GET https://svc.test/v1/p/jobs/j')
  expect(JSON.stringify(events)).not.toContain('Q-hush')
})

test('onPoll is called with the job after each poll of a wait', async () => {
  const { client, events, clock } = createObservedClient([
    respond({ id: 'j', state: 'run' }),
    respond({ id: 'j', state: 'ok' }),
  ])
  const hooks: Hooks = {
    onPoll: ({ operation, job }) => events.push({ hook: job.state, operation, attributes: {} }),
  }
  const kind = {
    key: { job_id: '/id' },
    get: { operation: 'getJob', at: '' },
    fields: { state: '/state' },
    polling: { interval: 1, maxInterval: 2 },
    states: { run: 'running', ok: 'succeeded' },
  } as const
  const full = withJobs(client, { service, jobs: { 'sql-job': kind }, options: { clock, hooks } }) as unknown as {
    waitForSqlJob(args: object): Promise<unknown>
  }
  await full.waitForSqlJob({ job_id: 'j' })
  const states = events.filter(({ operation }) => operation === 'waitForSqlJob').map(({ hook }) => hook)
  expect(states).toEqual(['running', 'succeeded'])
})

test.each([
  ['throws', () => expect.fail('hook')],
  ['rejects', () => Promise.reject(new Error('hook'))],
])('a hook that %s does not affect the call', async (_, hook) => {
  const all = { onRequest: hook, onResponse: hook, onRetry: hook, onPoll: hook }
  const { client } = createObservedClient([respond({}, 503), respond({ id: 'j' })], all)
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
})
