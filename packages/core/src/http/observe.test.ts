import { expect, test } from 'vitest'
import { type Act, fetchFailed, harness, json, rejection } from '../../test/harness.ts'
import { service } from '../../test/service.ts'
import { token } from '../auth/token.ts'
import { withJobs } from '../jobs/with-jobs.ts'
import { type ObserveOptions, observe } from './observe.ts'

interface Told {
  stage: string
  operation: string
  attributes: Record<string, unknown>
  [more: string]: unknown
}

function observed(acts: Act[], options: ObserveOptions = {}) {
  const told: Told[] = []
  const note = (stage: string) => (event: object) => told.push({ stage, ...event } as Told)
  const hooks = observe({
    onRequest: note('request'),
    onResponse: note('response'),
    onRetry: note('retry'),
    onPoll: note('poll'),
    ...options,
  })
  return { told, ...harness(acts, { hooks, credentials: token('T-hush') }) }
}

test('tells of each attempt in the names of OpenTelemetry', async () => {
  const { client, told } = observed([json({}, 503, { 'x-request-id': 'r-1' }), json({ id: 'j' })])
  await client.getJob({ job_id: 'j' })
  expect(told.map(({ stage }) => stage)).toEqual(['request', 'response', 'retry', 'request', 'response'])
  expect(told[0]).toMatchObject({
    operation: 'getJob',
    attributes: {
      'http.request.method': 'GET',
      'url.full': 'https://svc.test/v1/p1/jobs/j',
      'server.address': 'svc.test',
      'server.port': 443,
    },
  })
  expect(told[0]?.attributes).not.toHaveProperty('http.request.resend_count')
  expect(told[1]).toMatchObject({
    requestId: 'r-1',
    duration: expect.any(Number),
    attributes: { 'http.response.status_code': 503, 'error.type': '503' },
  })
  expect(told[2]).toMatchObject({ delay: expect.any(Number), attributes: { 'error.type': '503' } })
  expect(told[3]?.attributes).toMatchObject({ 'http.request.resend_count': 1 })
  expect(told[4]?.attributes).toMatchObject({ 'http.response.status_code': 200 })
  expect(told[4]?.attributes).not.toHaveProperty('error.type')
})

test('an attempt without an answer is told by what went wrong', async () => {
  const { client, told } = observed([fetchFailed('ECONNRESET'), 'hang'])
  await rejection(client.getJob({ job_id: 'j' }, { retry: 1 }))
  const types = told.filter(({ stage }) => stage === 'response').map(({ attributes }) => attributes['error.type'])
  expect(types).toEqual(['NetworkError', 'TimeoutError'])
})

test('a failure under HTTP 200 is one', async () => {
  const { client, told } = observed([json({ is_success: false, error_code: 'SVC.1' })])
  await rejection(client.getJob({ job_id: 'j' }))
  expect(told[1]?.attributes).toMatchObject({ 'http.response.status_code': 200, 'error.type': 'ApiError' })
})

test('shows what is known to be harmless, and what was asked for; bodies never', async () => {
  const acts = () => [json({ secret: 'B-hush' }, 200, { 'x-subject-token': 'S-hush', 'x-request-id': 'r' })]
  const call = { body: { password: 'P-hush' }, owner: 'O-hush', size: 10 }
  const headers = { 'X-Mine': 'H-hush', 'X-Language': 'en-us' }
  const standard = observed(acts())
  await standard.client.createJob(call, { headers })
  expect(JSON.stringify(standard.told)).not.toContain('hush')
  expect(standard.told[0]?.attributes).toMatchObject({
    'url.full': 'https://svc.test/v1/p1/jobs?owner=REDACTED&size=REDACTED',
    'http.request.header.x-mine': ['REDACTED'],
    'http.request.header.x-language': ['en-us'],
  })
  expect(standard.told[1]?.attributes).toMatchObject({ 'http.response.header.x-subject-token': ['REDACTED'] })
  const more = observed(acts(), { headers: ['X-Mine'], query: ['size'] })
  await more.client.createJob(call, { headers })
  expect(more.told[0]?.attributes).toMatchObject({
    'url.full': 'https://svc.test/v1/p1/jobs?owner=REDACTED&size=10',
    'http.request.header.x-mine': ['H-hush'],
  })
})

test('a raw call is told by method and URL, without its query', async () => {
  const { client, told } = observed([json({})])
  const params = { path: { project_id: 'p', job_id: 'j' }, query: { q: 'Q-hush' } }
  await client.http.GET('/v1/{project_id}/jobs/{job_id}', { params } as never)
  expect(told[0]?.operation).toBe('GET https://svc.test/v1/p/jobs/j')
  expect(JSON.stringify(told)).not.toContain('Q-hush')
})

test('each look of a wait is told, with the job', async () => {
  const { client, told, clock } = observed([json({ id: 'j', state: 'run' }), json({ id: 'j', state: 'ok' })])
  const hooks = observe({ onPoll: ({ operation, job }) => told.push({ stage: job.state, operation, attributes: {} }) })
  const kind = {
    key: { job_id: '/id' },
    get: { operation: 'getJob', at: '' },
    fields: { state: '/state' },
    polling: { interval: 1, maxInterval: 2 },
    states: { run: 'running', ok: 'succeeded' },
  } as const
  const full = withJobs(client, service, { 'sql-job': kind }, { clock, hooks }) as unknown as {
    waitForSqlJob(args: object): Promise<unknown>
  }
  await full.waitForSqlJob({ job_id: 'j' })
  const looks = told.filter(({ operation }) => operation === 'waitForSqlJob').map(({ stage }) => stage)
  expect(looks).toEqual(['running', 'succeeded'])
})

test.each([
  ['throws', () => expect.fail('hook')],
  ['rejects', () => Promise.reject(new Error('hook'))],
])('a hook that %s breaks no call', async (_, hook) => {
  const all = { onRequest: hook, onResponse: hook, onRetry: hook, onPoll: hook }
  const { client } = observed([json({}, 503), json({ id: 'j' })], all)
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
})
