import { expect, onTestFinished, test, vi } from 'vitest'
import { service } from '../../test/service.ts'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../test/test-client.ts'
import { token } from '../auth/token.ts'
import type { Job } from '../jobs/job.ts'
import type { WaitOptions } from '../jobs/wait-options.ts'
import { withJobs } from '../jobs/with-jobs.ts'
import type { Hooks, WaitEndEvent } from './hooks.ts'

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
    onWaitStart: record('waitStart'),
    onPoll: record('poll'),
    onWaitEnd: record('waitEnd'),
    ...options,
  }
  return { events, hooks, ...createTestClient(responses, { hooks, credentials: token('T-hush') }) }
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

test('the duration is the time of an attempt, and onRetry gets the delay of the retry before this delay starts', async () => {
  let now = 1000
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => spy.mockRestore())
  const respondAfter = (duration: number, status: number) => () => {
    now += duration
    return respond({ id: 'j' }, status)
  }
  const times: (number | undefined)[] = []
  const retries: { delay: number; startsAt: number }[] = []
  const { client, clock } = createObservedClient(
    [respondAfter(250, 503), respondAfter(30, 503), respondAfter(7, 200)],
    {
      onResponse({ duration }) {
        times.push(duration)
        now += 4000
      },
      onRetry: ({ delay, attributes }) => {
        retries.push({ delay, startsAt: clock.now() })
        expect(attributes['http.response.status_code']).toBe(503)
      },
    },
  )
  await client.getJob({ job_id: 'j' }, { retry: 2 })
  expect(times).toEqual([250, 30, 7])
  const [first, second] = retries
  expect(first?.startsAt).toBe(0)
  expect(second?.startsAt).toBe(first?.delay)
  expect(clock.slept).toEqual(retries.map(({ delay }) => delay))
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

test.each([
  ['https://svc.test', 443],
  ['http://127.0.0.1', 80],
  ['http://127.0.0.1:8080', 8080],
])('the events of a call to %s contain the port %i', async (endpoint, port) => {
  const { hooks, events } = createObservedClient([])
  const { client } = createTestClient([respond({ id: 'j' })], { hooks, endpoint })
  await client.getJob({ job_id: 'j' })
  expect(events[0]?.attributes['server.port']).toBe(port)
})

test('if an attempt is aborted with a reason that is not an error, its event has the error.type aborted', async () => {
  const controller = new AbortController()
  const abort = () => controller.abort('stopped')
  const { client, events } = createObservedClient(['hang'], { onRequest: abort })
  await expect(client.getJob({ job_id: 'j' }, { signal: controller.signal })).rejects.toBe('stopped')
  expect(events.map(({ attributes }) => attributes['error.type'])).toEqual(['aborted'])
})

test('the event of a failure with HTTP 200 contains the class of its error', async () => {
  const { client, events } = createObservedClient([respond({ is_success: false, error_code: 'SVC.1' })])
  await catchRejection(client.getJob({ job_id: 'j' }))
  expect(events[1]?.attributes).toMatchObject({ 'http.response.status_code': 200, 'error.type': 'ApiError' })
})

test('events contain no bodies, and only the values of public headers and of the names that the options list', async () => {
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

test('events contain the raw bodies only if the option bodies is set', async () => {
  const responses = () => [
    new Response('{"password" : "wrong-hush"}', { status: 503 }),
    new Response('{ "id" : "hush-\u00e9" }', { status: 200 }),
  ]
  const call = { owner: 'o', body: { token: 'B-hush' } }
  const standard = createObservedClient(responses())
  await standard.client.queryMetrics(call)
  expect(standard.events).not.toHaveLength(0)
  for (const event of standard.events) {
    expect(event).not.toHaveProperty('requestBody')
    expect(event).not.toHaveProperty('responseBody')
  }
  const raw = createObservedClient(responses(), { bodies: true })
  await raw.client.queryMetrics(call)
  const decode = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array)
  expect(raw.events.map(event => [event.hook, decode(event['requestBody']), event['responseBody']])).toEqual([
    ['request', '{"token":"B-hush"}', undefined],
    ['response', '{"token":"B-hush"}', '{"password" : "wrong-hush"}'],
    ['retry', '{"token":"B-hush"}', '{"password" : "wrong-hush"}'],
    ['request', '{"token":"B-hush"}', undefined],
    ['response', '{"token":"B-hush"}', '{ "id" : "hush-\u00e9" }'],
  ])
})

test('the raw body of an unreadable response is in its event', async () => {
  const page = '<html>portal</html>'
  const { client, events } = createObservedClient([new Response(page, { status: 200 })], { bodies: true })
  await catchRejection(client.createJob({ body: {} }))
  expect(events.at(-1)).toMatchObject({ responseBody: page, attributes: { 'error.type': 'ResponseError' } })
})

test('a hook can add headers to each attempt, and these headers are not passed to the credentials', async () => {
  let attempt = 0
  const seen: boolean[] = []
  const { client, requests } = createTestClient([respond({}, 503), respond({ id: 'j' })], {
    credentials: {
      authorize({ headers }) {
        seen.push(headers.has('traceparent'))
        headers.set('x-auth-token', 'T')
      },
    },
    hooks: {
      onRequest({ unsignedHeaders }) {
        unsignedHeaders['Traceparent'] = `00-${++attempt}`
        unsignedHeaders['X-Auth-Token'] = 'of-the-hook'
      },
    },
  })
  await client.getJob({ job_id: 'j' })
  expect(seen).toEqual([false, false])
  expect(requests.map(({ headers }) => headers.get('traceparent'))).toEqual(['00-1', '00-2'])
  expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['T', 'T'])
})

test('headers that a hook adds are ignored if they cannot be sent', async () => {
  const { client, requests } = createTestClient([respond({ id: 'j' })], {
    hooks: {
      onRequest({ unsignedHeaders }) {
        Object.assign(unsignedHeaders, { baggage: 'a=b\nc', 'not a name': 'x', 'Content-Length': '9', state: 1 })
      },
    },
  })
  await client.getJob({ job_id: 'j' })
  const { headers } = requests[0] as (typeof requests)[number]
  expect([...headers.keys()].filter(name => name !== 'x-project-id')).toEqual(['state'])
})

const sqlJob = {
  key: { job_id: '/id' },
  get: { operation: 'getJob', at: '' },
  fields: { state: '/state' },
  polling: { interval: 1, maxInterval: 2 },
  states: { run: 'running', ok: 'succeeded', bad: 'failed' },
} as const

/** Starts a wait for job `j` with hooks that record their events. */
function startObservedWait(responses: FakeResponse[], options: WaitOptions = {}) {
  const { client, events, clock, hooks } = createObservedClient(responses)
  const full = withJobs(client, {
    service,
    pageRules: {},
    jobs: { 'sql-job': sqlJob },
    options: { clock, hooks },
  }) as unknown as {
    waitForSqlJob(args: object, options: WaitOptions): Promise<unknown>
  }
  const isOfWait = ({ operation }: ReceivedEvent) => operation === 'waitForSqlJob'
  return { wait: full.waitForSqlJob({ job_id: 'j' }, options), getEvents: () => events.filter(isOfWait) }
}

test('a wait reports its start, each poll, and its end, with one ID', async () => {
  const { wait, getEvents } = startObservedWait([
    respond({ id: 'j', state: 'run' }),
    respond({ id: 'j', state: 'run' }),
    respond({ id: 'j', state: 'ok' }),
  ])
  expect(await wait).toEqual({ id: 'j', state: 'ok' })
  const events = getEvents()
  const summary = events.map(({ hook, job, state }) => [hook, (job as Job | undefined)?.state ?? state])
  expect(summary).toEqual([
    ['waitStart', undefined],
    ['poll', 'running'],
    ['poll', 'running'],
    ['poll', 'succeeded'],
    ['waitEnd', 'succeeded'],
  ])
  const waitId = events[0]?.['waitId']
  expect(waitId).toMatch(/^[\da-f]{32}$/)
  for (const event of events) expect(event).toMatchObject({ waitId, service: 'svc', kind: 'sql-job', jobId: 'j' })
  expect(events.at(-1)).toMatchObject({ outcome: 'succeeded', error: undefined })
  // The wait pauses between its three polls, first about 1 s and then about 1.5 s.
  const { duration } = events.at(-1) as unknown as WaitEndEvent
  expect(duration).toBeGreaterThanOrEqual(2250)
  expect(duration).toBeLessThanOrEqual(2750)
})

test.each<[outcome: string, state: string | undefined, responses: FakeResponse[], options: () => WaitOptions]>([
  ['job-failed', 'failed', [respond({ id: 'j', state: 'bad' })], () => ({})],
  ['timeout', 'running', [respond({ id: 'j', state: 'run' }), 'hang'], () => ({ timeout: '1s' })],
  ['aborted', undefined, [], () => ({ signal: AbortSignal.abort() })],
  ['error', undefined, [respond({}, 403)], () => ({})],
])(
  'the end of a wait has the outcome %s, the last state, and the error',
  async (outcome, state, responses, options) => {
    const { wait, getEvents } = startObservedWait(responses, options())
    const error = await catchRejection(wait)
    expect(getEvents().at(-1)).toMatchObject({ hook: 'waitEnd', outcome, state, error })
  },
)

test('the option onPoll of a wait is called in addition to the hooks', async () => {
  const polled: string[] = []
  const { wait, getEvents } = startObservedWait([respond({ id: 'j', state: 'ok' })], {
    onPoll: job => polled.push(job.rawState),
  })
  await wait
  expect(polled).toEqual(['ok'])
  expect(getEvents().map(({ hook }) => hook)).toEqual(['waitStart', 'poll', 'waitEnd'])
})

test.each([
  ['throws', () => expect.fail('hook')],
  ['rejects', () => Promise.reject(new Error('hook'))],
])('a hook that %s does not affect the call', async (_, hook) => {
  const all = { onRequest: hook, onResponse: hook, onRetry: hook }
  const { client } = createObservedClient([respond({}, 503), respond({ id: 'j' })], all)
  expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
})
