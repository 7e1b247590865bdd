import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createModelArtsClient } from '@jobscope/modelarts'
import { expect, test } from 'vitest'
import { createJobs, type LogLine } from '../src/index.ts'
import { collect, setUp } from './set-up.ts'

/** Returns the response to a request with this query. `count` is the number of earlier requests. */
type Respond = (query: URLSearchParams, count: number) => object | Response

/** Creates a `fetch` function that responds to requests of one route itself, and sends all other requests to the mock. */
function createFetch(route: RegExp, respond: Respond): typeof fetch {
  let count = 0
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!route.test(url.pathname)) return fetch(input, init)
    const response = respond(url.searchParams, count++)
    return response instanceof Response ? response : Response.json(response)
  }
}

const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text)

test('reads the lines of a batch', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('dli:batch')[0]?.ref ?? ''
  expect(await collect(jobs.logs(ref))).toEqual([
    { text: 'stdout: ', source: undefined },
    { text: 'stderr: ', source: undefined },
    { text: 'YARN Diagnostics: ', source: undefined },
  ])
})

test.each([
  ['modelarts:training', 'worker-0', ['epoch 1 done']],
  ['modelarts:training-version', 'job-bert-tune.0', ['epoch 1 done', 'epoch 2 done']],
])('reads the logs of %s, each with its source', async (kind, source, lines) => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list(kind)[0]?.ref ?? ''
  expect(await collect(jobs.logs(ref))).toEqual(lines.map(text => ({ text, source })))
})

test('with follow, neither repeats nor loses lines if the service returns only the last lines', async () => {
  const { mock, clients } = await setUp()
  const { id } = await clients.dli.createBatch({ body: { file: 'obs://bucket/a.jar', className: 'A' } })
  const all = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? 'retry' : `line ${index}`))
  let polls = 0
  let written = 0
  const fetchLog: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const batch = (await response.json()) as object
    polls += 1
    // Each poll reads the state first and the log after it.
    if (polls % 2 === 0) written = Math.min(all.length, written + 7)
    return Response.json({ ...batch, log: all.slice(Math.max(0, written - 10), written) })
  }
  const options = { endpoint: mock.url('dli'), projectId: 'p1', credentials: token('t'), fetch: fetchLog }
  const jobs = createJobs({ dli: createDliClient(options) }, { clock: mock.clock })
  const lines = texts(await collect(jobs.logs(`dli:batch:${id}`, { follow: true, interval: '5s' })))
  expect(lines.length).toBeGreaterThan(20)
  expect(lines).toEqual(all.slice(0, written))
})

/** Starts a mock with a training job. `respond` creates the log of this job. */
async function setUpTraining(kind: string, route: RegExp, respond: Respond) {
  const { mock } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list(`modelarts:${kind}`)[0]?.ref ?? ''
  mock.jobs.setScenario(ref, 'run')
  const options = { endpoint: mock.url('modelarts'), projectId: 'p1', credentials: token('t') }
  const modelarts = createModelArtsClient({ ...options, fetch: createFetch(route, respond) })
  return { mock, ref, jobs: createJobs({ modelarts }, { clock: mock.clock }) }
}

test('returns only new lines if each response repeats earlier lines, also when the log is too long and only its end is sent', async () => {
  const line = (index: number) => `step ${index} ${'.'.repeat(400)}\n`
  const whole = Array.from({ length: 12 }, (_, index) => line(index)).join('')
  // Each response adds 600 characters, so it can end within a line. After some requests, the service sends only the end of the log.
  const written = (count: number) => whole.slice(count > 4 ? 1500 : 0, 200 + count * 600)
  const { ref, jobs } = await setUpTraining('training', /preview$/, (_, count) => ({ content: written(count) }))
  const lines = texts(await collect(jobs.logs(ref, { follow: true, interval: '5s' })))
  const text = lines.join('\n')
  expect(lines.length).toBeGreaterThan(5)
  expect(whole.startsWith(text)).toBe(true)
})

test('returns the last line of a log that does not end with a line break', async () => {
  const { ref, jobs } = await setUpTraining('training', /preview$/, () => ({ content: 'one\r\ntwo' }))
  expect(texts(await collect(jobs.logs(ref)))).toEqual(['one', 'two'])
})

test('with follow, returns all lines of both logs if a response contains another log than the previous response', async () => {
  const { ref, jobs } = await setUpTraining('training', /preview$/, (_, count) => ({
    content: count === 0 ? 'one\ntwo\n' : 'three\nfour\n',
  }))
  expect(texts(await collect(jobs.logs(ref, { follow: true, interval: '5s' })))).toEqual([
    'one',
    'two',
    'three',
    'four',
  ])
})

test('with follow, waits for a log that does not exist yet', async () => {
  const { ref, jobs } = await setUpTraining('training', /preview$/, (_, count) =>
    count === 0 ? Response.json({}, { status: 404 }) : { content: 'one\n' },
  )
  expect(texts(await collect(jobs.logs(ref, { follow: true, interval: '5s' })))).toEqual(['one'])
})

test.each([false, true])('with follow: %j, rejects if a log cannot be read', async follow => {
  const { ref, jobs } = await setUpTraining('training', /preview$/, () => Response.json({}, { status: 403 }))
  await expect(collect(jobs.logs(ref, { follow, interval: '5s' }))).rejects.toMatchObject({ status: 403 })
})

test('without follow, rejects if the log does not exist', async () => {
  const { ref, jobs } = await setUpTraining('training', /preview$/, () => Response.json({}, { status: 404 }))
  await expect(collect(jobs.logs(ref))).rejects.toMatchObject({ kind: 'not-found' })
})

test('formats a log record as JSON if the record is an object', async () => {
  const { mock } = await setUp()
  const ref = 'dli:batch:b'
  const fetchLog = createFetch(/batches/, () => ({ id: 'b', state: 'success', log: ['one', { level: 'info' }, 2] }))
  const options = { endpoint: mock.url('dli'), projectId: 'p1', credentials: token('t'), fetch: fetchLog }
  const jobs = createJobs({ dli: createDliClient(options) })
  expect(texts(await collect(jobs.logs(ref)))).toEqual(['one', '{"level":"info"}', '2'])
})

test('continues a log at the position that the service returned', async () => {
  const positions: (string | null)[] = []
  const { ref, jobs } = await setUpTraining('training-version', /aom-log$/, (query, count) => {
    positions.push(query.get('base_line'))
    const content = count % 2 ? '' : `line ${count}\n`
    return { is_success: true, content, lines: 1, start_line: `${count}`, end_line: content ? `${count}` : '' }
  })
  const lines = texts(await collect(jobs.logs(ref, { follow: true, interval: '10s' })))
  expect(lines.slice(0, 2)).toEqual(['line 0', 'line 2'])
  expect(positions.slice(0, 4)).toEqual([null, '0', '0', '2'])
})

test('with follow, requests a log once per interval and repeats no line if the service ignores the requested position', async () => {
  let requests = 0
  const { mock, ref, jobs } = await setUpTraining('training-version', /aom-log$/, () => {
    requests++
    return { is_success: true, content: 'one\ntwo\n', lines: 2, start_line: '0', end_line: '2' }
  })
  const start = mock.clock.now()
  expect(texts(await collect(jobs.logs(ref, { follow: true, interval: '10s' })))).toEqual(['one', 'two'])
  const elapsed = mock.clock.now() - start
  expect(requests).toBeGreaterThan(2)
  expect(requests).toBe(elapsed / 10_000 + 1)
})

/** Starts a mock with a new batch. The first requests for it return 404. */
async function setUpLateBatch(notFoundTimes: number) {
  const { mock, clients } = await setUp()
  const { id } = await clients.dli.createBatch({ body: { file: 'obs://bucket/a.jar', className: 'A' } })
  const state = { requests: 0 }
  const fetchLate: typeof fetch = (input, init) => {
    state.requests++
    return state.requests > notFoundTimes ? fetch(input, init) : Promise.resolve(new Response('{}', { status: 404 }))
  }
  const options = { endpoint: mock.url('dli'), projectId: 'p1', credentials: token('t'), fetch: fetchLate }
  const jobs = createJobs({ dli: createDliClient(options) }, { clock: mock.clock })
  return { mock, jobs, state, ref: `dli:batch:${id}` }
}

test('with follow, tolerates for 5 seconds that a new job is not found', async () => {
  const { jobs, ref } = await setUpLateBatch(5)
  expect(texts(await collect(jobs.logs(ref, { follow: true })))).toContain('YARN Diagnostics: ')
})

test('with follow, rejects if a job is still not found after 5 seconds', async () => {
  const { mock, jobs, ref } = await setUpLateBatch(100)
  const start = mock.clock.now()
  await expect(collect(jobs.logs(ref, { follow: true }))).rejects.toMatchObject({ kind: 'not-found' })
  expect(mock.clock.now() - start).toBe(5000)
})

test('without follow, rejects at once if a job is not found', async () => {
  const { jobs, state, ref } = await setUpLateBatch(1)
  await expect(collect(jobs.logs(ref))).rejects.toMatchObject({ kind: 'not-found' })
  expect(state.requests).toBe(1)
})

test('rejects a job of a kind without logs', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('cs:job')[0]?.ref ?? ''
  await expect(collect(jobs.logs(ref))).rejects.toThrow('Jobs of kind cs:job have no logs.')
})
