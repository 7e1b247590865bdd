import { expect, onTestFinished, test } from 'vitest'
import { type Mock, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { jobService } from './fixtures/job-service.ts'
import { call } from './harness.ts'

const START = 1_800_000_000_000

async function open(options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map([['work', jobService]]), { clock: virtualClock(START), ...options })
  onTestFinished(() => mock.close())
  return mock
}

async function ask(mock: Mock, path: string, method = 'GET', body?: unknown): Promise<[status: number, body: unknown]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, ...(body !== undefined && { body: text }), headers: { 'X-Token': '' } }
  const answer = await call(`${mock.origin}/_mock/${path}`, init)
  return [answer.status, answer.body]
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

test('jobs: how many there are, and the newest; by kind and state', async () => {
  const mock = await open()
  const refs: string[] = []
  for (const title of ['a', 'b', 'c']) {
    refs.push(await createTask(mock, title))
    mock.clock.advance(5000)
  }
  const [status, body] = await ask(mock, 'jobs?limit=2')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ...{ now: START + 15_000, perPoll: false, total: 3, states: { running: 1, succeeded: 2 } },
    jobs: [
      { ref: refs[2], name: 'c', rawState: 'Running', state: 'running', createdAt: START + 10_000 },
      { ref: refs[1], name: 'b', state: 'succeeded' },
    ],
  })
  const seen = async (query: string) => ((await ask(mock, `jobs?${query}`))[1] as { jobs: { name: string }[] }).jobs
  expect((await seen('state=succeeded')).map(({ name }) => name)).toEqual(['b', 'a'])
  expect(await seen('kind=work:pipeline')).toEqual([])
  expect(await ask(mock, `jobs/${refs[0]}`)).toMatchObject([200, { ref: refs[0], submitted: { meta: { title: 'a' } } }])
})

test('a job takes another path, and is taken away', async () => {
  const mock = await open()
  const ref = await createTask(mock, 'a')
  expect(await ask(mock, `jobs/${ref}`, 'POST', { scenario: ['Failed'] })).toMatchObject([200, { state: 'failed' }])
  expect(await ask(mock, `jobs/${encodeURIComponent(ref)}`, 'DELETE')).toEqual([200, {}])
  expect(await ask(mock, `jobs/${ref}`)).toEqual([
    404,
    { message: expect.stringContaining('There is no job "work:task:') },
  ])
})

test('the clock is read and turned', async () => {
  const mock = await open()
  expect(await ask(mock, 'clock')).toEqual([200, { now: START, perPoll: false }])
  expect(await ask(mock, 'clock', 'POST', { advance: 60_000 })).toEqual([200, { now: START + 60_000, perPoll: false }])
  expect(mock.clock.now()).toBe(START + 60_000)
})

test('faults are set, counted and cleared', async () => {
  const mock = await open()
  const rule = { fault: 'throttle', on: 'getTask', times: 1 }
  expect(await ask(mock, 'faults', 'PUT', { faults: [rule] })).toEqual([200, { faults: [{ ...rule, hits: 0 }] }])
  const get = async () => (await call(`${mock.url('work')}/v2/tasks/7`)).status
  expect([await get(), await get()]).toEqual([429, 200])
  expect(await ask(mock, 'faults')).toEqual([200, { faults: [{ ...rule, hits: 1 }] }])
  expect(await ask(mock, 'faults', 'PUT', { faults: 'error=0.5' })).toMatchObject([200, { faults: [{ rate: 0.5 }] }])
  expect(await ask(mock, 'faults', 'DELETE')).toEqual([200, { faults: [] }])
})

test('requests are listed and forgotten; those to the mock itself are none', async () => {
  const mock = await open()
  await createTask(mock, 'a')
  await call(`${mock.url('work')}/v2/tasks/7`)
  const [, body] = await ask(mock, 'requests?limit=1')
  expect(body).toMatchObject({ total: 2, requests: [{ operation: 'getTask', status: 200, at: START }] })
  expect(JSON.stringify(body)).not.toContain('X-Token')
  expect(await ask(mock, 'requests', 'DELETE')).toEqual([200, {}])
  expect(mock.requests).toEqual([])
})

test.each([
  ['GET', 'nothing', undefined, 404, 'There is no GET /_mock/nothing; there are /_mock/jobs, /_mock/clock,'],
  ['PATCH', 'jobs', undefined, 405, '/_mock/jobs does not take PATCH; it takes GET, POST, DELETE'],
  ['GET', 'jobs?kind=work:x', undefined, 400, 'There is no job kind "work:x"; there are work:pipeline, work:task.'],
  ['GET', 'jobs?limit=none', undefined, 400, 'limit=none is no number above 0.'],
  ['GET', 'jobs/%E0%A4%A', undefined, 400, 'URI malformed'],
  ['DELETE', 'jobs/work:task:x', undefined, 404, 'There is no job "work:task:x"; a ref is service:kind:key.'],
  ['POST', 'clock', { advance: -1 }, 400, 'A clock goes forward: advance(-1) does not.'],
  ['POST', 'clock', { advance: '1m' }, 400, 'Say how far, in milliseconds'],
  ['POST', 'clock', '{"advance":', 400, 'The body is not JSON: '],
  ['POST', 'clock', [1], 400, 'The body must be a JSON object.'],
  ['PUT', 'faults', { faults: 'thottle' }, 400, 'There is no fault "thottle"; did you mean "throttle"?'],
  ['PUT', 'faults', {}, 400, 'Say which: { "faults": "throttle=0.1" }'],
])('%s %s %j is refused', async (method, path, body, status, message) => {
  const mock = await open()
  expect(await ask(mock, path, method, body)).toEqual([status, { message: expect.stringContaining(message) }])
})

test('a job is not sent on a path that is none', async () => {
  const mock = await open()
  const ref = await createTask(mock, 'a')
  const play = (scenario: unknown) => ask(mock, `jobs/${ref}`, 'POST', { scenario })
  expect(await play('fial')).toEqual([400, { message: expect.stringContaining('did you mean "fail"?') }])
  expect(await play(['Lost'])).toEqual([400, { message: expect.stringContaining('No job kind has the states "Lost"') }])
  expect(await play(7)).toEqual([400, { message: expect.stringContaining('Say which path') }])
})

test('a body that is too long is refused', async () => {
  const mock = await open({ bodyLimit: 10 })
  expect(await ask(mock, 'clock', 'POST', { advance: 60_000 })).toEqual([413, { message: 'The body is too long.' }])
})

test('the page holds all that it needs', async () => {
  const mock = await open()
  const response = await fetch(`${mock.origin}/_mock`)
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  const text = await response.text()
  expect(text).toContain('Jobscope mock <small>work</small>')
  expect(text.match(/(?:src|href)="(?!data:)/g)).toBeNull()
})

test('a list of many jobs copies only what it shows', async () => {
  const mock = await open({ seedJobs: 20_000 })
  const [, body] = await ask(mock, 'jobs?limit=3')
  const { total, states, jobs } = body as { total: number; states: Record<string, number>; jobs: unknown[] }
  expect([total, jobs.length]).toEqual([20_000, 3])
  expect(Object.values(states).reduce((sum, count) => sum + count)).toBe(20_000)
})
