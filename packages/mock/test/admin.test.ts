import { expect, onTestFinished, test } from 'vitest'
import { type Mock, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { jobService } from './fixtures/job-service.ts'
import { call } from './harness.ts'

const START = 1_800_000_000_000

async function startMock(options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map([['work', jobService]]), { clock: virtualClock(START), ...options })
  onTestFinished(() => mock.close())
  return mock
}

async function callAdmin(
  mock: Mock,
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<[status: number, body: unknown]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, ...(body !== undefined && { body: text }), headers: { 'X-Token': '' } }
  const response = await call(`${mock.origin}/_mock/${path}`, init)
  return [response.status, response.body]
}

const createTask = async (mock: Mock, title: string): Promise<string> => {
  const init = {
    method: 'POST',
    body: JSON.stringify({ meta: { title } }),
    headers: { 'Content-Type': 'application/json' },
  }
  const { body } = await call(`${mock.url('work')}/v2/tasks`, init)
  return `work:task:${(body as { meta: { id: string } }).meta.id}`
}

test('lists jobs with their counts, newest first, and filters by kind and state', async () => {
  const mock = await startMock()
  const refs: string[] = []
  for (const title of ['a', 'b', 'c']) {
    refs.push(await createTask(mock, title))
    mock.clock.advance(5000)
  }
  const [status, body] = await callAdmin(mock, 'jobs?limit=2')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ...{ now: START + 15_000, perPoll: false, total: 3, states: { running: 1, succeeded: 2 } },
    jobs: [
      { ref: refs[2], name: 'c', rawState: 'Running', state: 'running', createdAt: START + 10_000 },
      { ref: refs[1], name: 'b', state: 'succeeded' },
    ],
  })
  const list = async (query: string) =>
    ((await callAdmin(mock, `jobs?${query}`))[1] as { jobs: { name: string }[] }).jobs
  expect((await list('state=succeeded')).map(({ name }) => name)).toEqual(['b', 'a'])
  expect(await list('kind=work:pipeline')).toEqual([])
  expect(await callAdmin(mock, `jobs/${refs[0]}`)).toMatchObject([
    200,
    { ref: refs[0], submitted: { meta: { title: 'a' } } },
  ])
})

test('changes the scenario of a job and deletes a job', async () => {
  const mock = await startMock()
  const ref = await createTask(mock, 'a')
  expect(await callAdmin(mock, `jobs/${ref}`, 'POST', { scenario: ['Failed'] })).toMatchObject([
    200,
    { state: 'failed' },
  ])
  expect(await callAdmin(mock, `jobs/${encodeURIComponent(ref)}`, 'DELETE')).toEqual([200, {}])
  expect(await callAdmin(mock, `jobs/${ref}`)).toEqual([
    404,
    { message: expect.stringContaining('There is no job "work:task:') },
  ])
})

test('reads and advances the clock', async () => {
  const mock = await startMock()
  expect(await callAdmin(mock, 'clock')).toEqual([200, { now: START, perPoll: false }])
  expect(await callAdmin(mock, 'clock', 'POST', { advance: 60_000 })).toEqual([
    200,
    { now: START + 60_000, perPoll: false },
  ])
  expect(mock.clock.now()).toBe(START + 60_000)
})

test('sets, counts and clears faults', async () => {
  const mock = await startMock()
  const rule = { fault: 'throttle', on: 'getTask', times: 1 }
  expect(await callAdmin(mock, 'faults', 'PUT', { faults: [rule] })).toEqual([200, { faults: [{ ...rule, hits: 0 }] }])
  const getStatus = async () => (await call(`${mock.url('work')}/v2/tasks/7`)).status
  expect([await getStatus(), await getStatus()]).toEqual([429, 200])
  expect(await callAdmin(mock, 'faults')).toEqual([200, { faults: [{ ...rule, hits: 1 }] }])
  expect(await callAdmin(mock, 'faults', 'PUT', { faults: 'error=0.5' })).toMatchObject([
    200,
    { faults: [{ rate: 0.5 }] },
  ])
  expect(await callAdmin(mock, 'faults', 'DELETE')).toEqual([200, { faults: [] }])
})

test('lists and clears the requests to the services, but not the requests to the mock itself', async () => {
  const mock = await startMock()
  await createTask(mock, 'a')
  await call(`${mock.url('work')}/v2/tasks/7`)
  const [, body] = await callAdmin(mock, 'requests?limit=1')
  expect(body).toMatchObject({ total: 2, requests: [{ operation: 'getTask', status: 200, at: START }] })
  expect(JSON.stringify(body)).not.toContain('X-Token')
  expect(await callAdmin(mock, 'requests', 'DELETE')).toEqual([200, {}])
  expect(mock.requests).toEqual([])
})

test.each([
  ['GET', 'nothing', undefined, 404, 'No resource matches GET /_mock/nothing. Use one of /_mock/jobs, /_mock/clock,'],
  ['PATCH', 'jobs', undefined, 405, '/_mock/jobs does not support PATCH. Supported methods: GET, POST, DELETE.'],
  ['GET', 'jobs?kind=work:x', undefined, 400, 'Unknown job kind "work:x". Job kinds: work:pipeline, work:task.'],
  ['GET', 'jobs?limit=none', undefined, 400, 'limit=none is invalid. Send a whole number from 1'],
  ['GET', 'jobs?limit=0', undefined, 400, 'limit=0 is invalid. Send a whole number from 1 to 999999.'],
  ['GET', 'requests?limit=1000000', undefined, 400, 'limit=1000000 is invalid.'],
  ['GET', 'requests?limit=1.5', undefined, 400, 'limit=1.5 is invalid.'],
  ['GET', 'jobs/%E0%A4%A', undefined, 400, 'URI malformed'],
  [
    'DELETE',
    'jobs/work:task:x',
    undefined,
    404,
    'There is no job "work:task:x". Expected a reference of the form service:kind:key.',
  ],
  [
    'POST',
    'clock',
    { advance: -1 },
    400,
    'Cannot advance the clock by -1 ms. Pass 0 or a positive number of milliseconds.',
  ],
  ['POST', 'clock', { advance: '1m' }, 400, '"advance" must be a number of milliseconds'],
  ['POST', 'clock', '{"advance":', 400, 'The body is not valid JSON: '],
  ['POST', 'clock', [1], 400, 'The body must be a JSON object.'],
  ['PUT', 'faults', { faults: 'thottle' }, 400, 'Unknown fault "thottle". Did you mean "throttle"?'],
  ['PUT', 'faults', {}, 400, '"faults" is missing. Send { "faults": "throttle=0.1" }'],
])('rejects %s %s %j', async (method, path, body, status, message) => {
  const mock = await startMock()
  expect(await callAdmin(mock, path, method, body)).toEqual([status, { message: expect.stringContaining(message) }])
})

test('rejects an unknown scenario', async () => {
  const mock = await startMock()
  const ref = await createTask(mock, 'a')
  const setScenario = (scenario: unknown) => callAdmin(mock, `jobs/${ref}`, 'POST', { scenario })
  expect(await setScenario('fial')).toEqual([400, { message: expect.stringContaining('Did you mean "fail"?') }])
  expect(await setScenario(['Lost'])).toEqual([
    400,
    { message: expect.stringContaining('No job kind has the states "Lost"') },
  ])
  for (const invalid of [7, [], ['Waiting', 7], undefined]) {
    expect(await setScenario(invalid)).toEqual([400, { message: expect.stringContaining('"scenario" must be a name') }])
  }
})

test('rejects a body that is too long', async () => {
  const mock = await startMock({ bodyLimit: 10 })
  expect(await callAdmin(mock, 'clock', 'POST', { advance: 60_000 })).toEqual([
    413,
    { message: 'The body is too long. Send a shorter body.' },
  ])
})

test('serves a page that loads no other files', async () => {
  const mock = await startMock()
  const response = await fetch(`${mock.origin}/_mock`)
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  const text = await response.text()
  expect(text).toContain('Jobscope mock <small>work</small>')
  expect(text.match(/(?:src|href)="(?!data:)/g)).toBeNull()
})

test('counts all jobs, but returns at most `limit` jobs', async () => {
  const mock = await startMock({ seedJobs: 20_000 })
  const [, body] = await callAdmin(mock, 'jobs?limit=3')
  const { total, states, jobs } = body as { total: number; states: Record<string, number>; jobs: unknown[] }
  expect([total, jobs.length]).toEqual([20_000, 3])
  expect(Object.values(states).reduce((sum, count) => sum + count)).toBe(20_000)
})
