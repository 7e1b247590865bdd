import { token, WaitTimeoutError } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createResClient } from '@jobscope/res'
import { expect, test } from 'vitest'
import { createJobs, JobsFailedError, type ListFailure } from '../src/index.ts'
import { collect, setUp } from './set-up.ts'

type Respond = (url: URL, count: number, method: string) => unknown

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

/**
 * Calls `createJobs` with a DLI client whose responses come from a function. The function returns a Response, or a value to send as JSON.
 */
async function setUpResponses(respond: Respond) {
  const { mock } = await setUp()
  const urls: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    urls.push(url.pathname)
    const body = respond(url, urls.length, init?.method ?? 'GET')
    return body instanceof Response ? body : Response.json(body)
  }
  const options = {
    endpoint: 'http://127.0.0.1:1',
    projectId: 'p1',
    credentials: token('t'),
    fetch,
    retry: false,
  } as const
  const clients = { dli: createDliClient(options), res: createResClient(options) }
  return { urls, clock: mock.clock, jobs: createJobs(clients, { clock: mock.clock }) }
}

const start = 1_720_000_000_000

test.each([
  ['a time that no date can hold', { id: 'odd', state: 'running', create_time: 9e15 }, ['odd', 'fine']],
  ['an ID that is not valid Unicode', { id: '\ud800', state: 'running', create_time: start }, ['\ud800', 'fine']],
  ['no ID', { state: 'running' }, ['fine']],
  ['an object as ID', { id: {}, state: 'running' }, ['fine']],
  ['null', null, ['fine']],
  ['a text', 'odd', ['fine']],
])('a faulty list item (%s) does not hide the other jobs', async (_, item, ids) => {
  const fine = { id: 'fine', state: 'running', create_time: start }
  const { jobs } = await setUpResponses(() => ({ is_success: true, total: 2, sessions: [item, fine] }))
  const found = await collect(jobs.list({ kinds: ['dli:batch'] }))
  expect(found.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted())
})

test('get returns a job whose time is out of range for a Date', async () => {
  const { jobs } = await setUpResponses(() => ({ id: 'odd', state: 'running', create_time: 9e15 }))
  expect(await jobs.get('dli:batch:odd')).toMatchObject({ id: 'odd', state: 'running', createdAt: undefined })
})

test('reports a failure of the list if the response has an object instead of an array', async () => {
  const { jobs } = await setUpResponses(() => ({ is_success: true, total: 9, sessions: {} }))
  const failures: ListFailure[] = []
  expect(await collect(jobs.list({ kinds: ['dli:batch'], onError: failure => failures.push(failure) }))).toEqual([])
  expect(failures.map(({ error }) => `${error}`)).toEqual([
    'ResponseError: listBatches: The response has no list at "/sessions" (HTTP 200).',
  ])
})

test.each([
  ['dli:batch:b1', () => Response.json({}, { status: 404 })],
  ['dli:batch:b1', () => ({})],
  ['dli:batch:b1', () => []],
  ['res:job-instance:w1/r1/RECALL/7', () => ({ is_success: true, jobs: [], total: 0 })],
])('a wait for the job %s rejects after five seconds if the job is not found', async (ref, respond) => {
  const { jobs, clock } = await setUpResponses(respond)
  const before = clock.now()
  await expect(jobs.wait(ref, { timeout: '1h' })).rejects.toMatchObject({ name: 'ApiError', kind: 'not-found' })
  expect(clock.now() - before).toBeGreaterThan(3000)
  expect(clock.now() - before).toBeLessThan(7000)
  await expect(jobs.get(ref)).rejects.toMatchObject({ name: 'ApiError', kind: 'not-found' })
})

test.each([[{ is_success: true }], [{ id: 'OTHER', state: 'success' }], [{ id: 'b1', state: ['success'] }]])(
  'a wait whose polls return no state rejects with an error that names the job: %j',
  async body => {
    const { jobs } = await setUpResponses(() => body)
    await expect(jobs.wait('dli:batch:b1', { timeout: '15s' })).rejects.toThrow(
      'no poll of job dli:batch:b1 succeeded within 15s. Unfinished jobs continue. Last error: getBatch: The service did not return the state of job b1 (HTTP 200).',
    )
    await expect(jobs.get('dli:batch:b1')).rejects.toMatchObject({ name: 'ResponseError' })
  },
)

test('the error of a wait contains no empty state', async () => {
  const { jobs } = await setUpResponses(url =>
    url.pathname.endsWith('/batches')
      ? { is_success: true, total: 2, sessions: ['b1', 'b2'].map(id => ({ id, state: '' })) }
      : { id: url.pathname.split('/').at(-1), state: '' },
  )
  await expect(jobs.wait(['dli:batch:b1', 'dli:batch:b2'], { timeout: '15s' })).rejects.toThrow(
    /^wait: (no poll of job dli:batch:b1 succeeded|job dli:batch:b1 is still in state unknown after)/,
  )
})

test('a wait tolerates that a new job is not found at first', async () => {
  const { jobs } = await setUpResponses((_, count) =>
    count < 4 ? Response.json({}, { status: 404 }) : { id: 'b1', state: 'success' },
  )
  expect((await jobs.wait('dli:batch:b1')).state).toBe('succeeded')
})

test('a wait continues after ten unreadable responses in a row, but rejects after eleven', async () => {
  const html = () => new Response('<html>We are back soon</html>')
  const setUpHtml = (htmlCount: number) =>
    setUpResponses((_, count) => (count <= htmlCount ? html() : { id: 'b1', state: 'success' }))
  expect((await (await setUpHtml(10)).jobs.wait('dli:batch:b1')).state).toBe('succeeded')
  await expect((await setUpHtml(11)).jobs.wait('dli:batch:b1')).rejects.toMatchObject({ name: 'ResponseError' })
})

test('a watch polls again after ten minutes if Retry-After is longer than ten minutes', async () => {
  const { jobs, clock } = await setUpResponses((_, count) =>
    count === 1
      ? Response.json({}, { status: 429, headers: { 'retry-after': '3000' } })
      : { id: 'b1', state: 'success' },
  )
  const before = clock.now()
  expect((await jobs.wait('dli:batch:b1')).state).toBe('succeeded')
  expect(clock.now() - before).toBe(600_000)
})

test('an error of one job does not delay the end events of other jobs', async () => {
  const { jobs } = await setUpResponses(url => {
    const id = url.pathname.split('/').at(-1)
    return id === 'b0' ? Response.json({}, { status: 500 }) : { id, state: 'success' }
  })
  const refs = Array.from({ length: 20 }, (_, index) => `dli:batch:b${index}`)
  const ended: string[] = []
  for await (const event of jobs.watch(refs)) {
    if (event.type === 'ended') ended.push(event.job.id)
    if (ended.length === 19) break
  }
  expect(ended).toHaveLength(19)
})

test('a watch of given jobs reads each job if the user may not list jobs', async () => {
  const { jobs } = await setUpResponses(({ pathname }) =>
    pathname.endsWith('/batches')
      ? Response.json({ error_code: 'DLI.0003', error_msg: 'no permission' }, { status: 403 })
      : { id: pathname.split('/').at(-1), state: 'success' },
  )
  const refs = Array.from({ length: 20 }, (_, index) => `dli:batch:b${index}`)
  const events = await collect(jobs.watch(refs))
  expect(events.map(({ type }) => type)).toEqual(refs.map(() => 'ended'))
})

test('a watch of given jobs does not read each job instead of a list that is rate-limited', async () => {
  let lists = 0
  const { jobs, urls } = await setUpResponses(({ pathname }) => {
    const sessions = refs.map(ref => ({ id: ref.split(':').at(-1), state: 'success' }))
    if (!pathname.endsWith('/batches')) return Response.json({}, { status: 404 })
    return ++lists < 4 ? Response.json({}, { status: 429 }) : { total: 20, sessions }
  })
  const refs = Array.from({ length: 20 }, (_, index) => `dli:batch:b${index}`)
  const events = await collect(jobs.watch(refs))
  expect(events.filter(({ type }) => type === 'ended')).toHaveLength(20)
  expect(urls.every(url => url.endsWith('/batches'))).toBe(true)
})

const refused = [{ is_success: false, message: 'The job is not running and cannot be stopped.' }]

test('cancel rejects if the service refuses a bulk cancellation', async () => {
  const { jobs } = await setUpResponses(() => refused)
  await expect(jobs.cancel('dli:flink-job:148')).rejects.toMatchObject({
    name: 'ApiError',
    message: expect.stringContaining('The job is not running and cannot be stopped.'),
  })
})

test.each(['abort', 'timeout'])('on %s, a wait rejects if the service refuses the cancellation', async cause => {
  const { jobs } = await setUpResponses((_, _count, method) =>
    method === 'POST' ? refused : { job_detail: { job_id: 148, status: 'job_submitting' } },
  )
  const controller = new AbortController()
  const wait = jobs.wait('dli:flink-job:148', {
    signal: controller.signal,
    timeout: '1m',
    cancelOnAbort: true,
    cancelOnTimeout: true,
    onChange: () => cause === 'abort' && controller.abort(),
  })
  await expect(wait).rejects.toMatchObject({ name: 'ApiError', operation: 'stopFlinkJobs' })
})

test('cancelOnTimeout cancels the jobs that have not ended', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  const wait = jobs.wait(`dli:batch:${id}`, { timeout: '5m', cancelOnTimeout: true })
  await expect(wait).rejects.toThrow(WaitTimeoutError)
  mock.clock.advance(60_000)
  expect((await jobs.get(`dli:batch:${id}`)).rawState).toBe('dead')
})

test('failFast rejects as soon as one job has failed', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2, 3].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[1] ?? '', 'fail')
  const error: unknown = await jobs.wait(refs, { failFast: true }).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(JobsFailedError)
  expect(error).toMatchObject({ ref: refs[1], job: { state: 'failed' } })
  expect((await jobs.get(refs[0] ?? '')).state).toBe('running')
})

test('a batch that the caller canceled is reported as canceled', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  await jobs.cancel(`dli:batch:${id}`)
  const error: unknown = await jobs.wait(`dli:batch:${id}`).catch((error: unknown) => error)
  expect(error).toMatchObject({ job: { state: 'canceled', rawState: 'dead' } })
  expect(`${error}`).toContain(`job dli:batch:${id} ended in state dead (canceled)`)
})

test.each([50, 300, 900])('a wait exceeds its timeout of %i ms by at most 10 %', async timeout => {
  const { jobs, clock } = await setUpResponses(() => ({ id: 'b1', state: 'running' }))
  const before = clock.now()
  await expect(jobs.wait('dli:batch:b1', { timeout, interval: '100ms' })).rejects.toThrow(WaitTimeoutError)
  expect(clock.now() - before).toBeGreaterThanOrEqual(timeout)
  expect(clock.now() - before).toBeLessThanOrEqual(timeout * 1.1)
})

test('rejects a timeout of zero', async () => {
  const { jobs, urls } = await setUpResponses(() => ({}))
  const wait = jobs.wait('dli:batch:b1', { timeout: '0s' })
  await expect(wait).rejects.toMatchObject({ name: 'ConfigurationError', option: 'timeout' })
  expect(urls).toEqual([])
})
