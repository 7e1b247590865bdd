import { EventEmitter, once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FaultError, type FaultRule, type Mock, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { documentService } from './fixtures/document-service.ts'
import { jobService } from './fixtures/job-service.ts'
import { type Answer, call } from './harness.ts'

async function open(faults: ServerOptions['faults'], options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map(Object.entries({ docs: documentService, work: jobService })), {
    ...options,
    ...(faults && { faults }),
  })
  onTestFinished(() => mock.close())
  return mock
}

const document = (mock: Mock, init?: RequestInit): Promise<Answer> =>
  call(`${mock.url('docs')}/v1/p/documents/s1`, init)

const createTask = async (mock: Mock): Promise<string> => {
  const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }
  const { body } = await call(`${mock.url('work')}/v2/tasks`, init)
  return (body as { meta: { id: string } }).meta.id
}

/** What becomes of so many calls, one after another. */
async function outcomes(mock: Mock, count: number): Promise<string> {
  let seen = ''
  for (let i = 0; i < count; i++) {
    seen += await document(mock).then(
      ({ status }) => (status === 200 ? '.' : status === 429 ? 't' : 'e'),
      () => 'x',
    )
  }
  return seen
}

describe('a fault', () => {
  test('throttle: the 429 of the spec, with its Retry-After or another', async () => {
    const mock = await open([
      { fault: 'throttle', times: 1 },
      { fault: 'throttle', retryAfter: 0 },
    ])
    const { status, code, headers } = await document(mock)
    expect([status, code, headers.get('Retry-After')]).toEqual([429, 'GW.429', '7'])
    expect((await document(mock)).headers.get('Retry-After')).toBe('0')
  })

  test('error: a code and a status that go together, in the words of the spec', async () => {
    const mock = await open([
      { fault: 'error', status: 502, times: 1 },
      { fault: 'error', status: 500, times: 1 },
      { fault: 'error', times: 1 },
    ])
    const [known, unknown, drawn] = [await document(mock), await document(mock), await document(mock)]
    expect([known.status, known.code, known.message]).toEqual([502, 'GW.502', 'Bad Gateway'])
    expect([unknown.status, unknown.code]).toEqual([500, 'P.9'])
    expect([502, 503]).toContain(drawn.status)
    expect(known.headers.get('X-Request-Id')).toBe((known.body as { gw_id: string }).gw_id)
  })

  test('false-success: a failure inside 200', async () => {
    const { status, body } = await document(await open('false-success'))
    expect([status, body]).toMatchObject([200, { done: 'no', error: { code: 'P.9' } }])
  })

  test.each(['reset', 'lost-response'] as const)('%s: no answer; only of a lost one the work is done', async fault => {
    const mock = await open([{ fault, on: 'createTask' }])
    await expect(createTask(mock)).rejects.toThrow()
    expect(mock.jobs.size).toBe(fault === 'lost-response' ? 1 : 0)
    expect(mock.requests).toMatchObject([{ operation: 'createTask', status: undefined, fault }])
    expect((await document(mock)).status).toBe(200)
  })

  test('cut: the headers come, and half of the body', async () => {
    const mock = await open('cut')
    const response = await fetch(`${mock.url('docs')}/v1/p/documents/s1`, { headers: { 'X-Token': 't' } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test('truncate: a whole message, half of the JSON', async () => {
    const mock = await open('truncate')
    const response = await fetch(`${mock.url('docs')}/v1/p/documents/s1`, { headers: { 'X-Token': 't' } })
    const text = await response.text()
    expect(text.length).toBe(Number(response.headers.get('Content-Length')))
    expect(text.startsWith('{"id":')).toBe(true)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })

  test('stall: never an answer; closing ends it', async () => {
    const mock = await open('stall')
    const stalled = document(mock, { signal: AbortSignal.timeout(60_000) })
    const other = expect(stalled).rejects.toThrow('fetch failed')
    while (mock.requests.length === 0) await call(`${mock.origin}/_mock/clock`)
    await mock.close()
    await other
  })

  test.each(['slow-headers', 'slow-body'] as const)('%s: the time of the mock passes, nobody waits', async fault => {
    const clock = virtualClock(0)
    const mock = await open([{ fault, ms: 86_400_000 }], { clock })
    expect((await document(mock)).body).toEqual({ id: 's1', copies: 3, note: null })
    expect(clock.now()).toBeCloseTo(86_400_000, -2)
  })

  test.each(['slow-headers', 'slow-body'] as const)('%s: who does not wait leaves nothing behind', async fault => {
    const events = new EventEmitter()
    const [started, ended] = [once(events, 'started'), once(events, 'ended')]
    const sleep = async (_: number, signal?: AbortSignal): Promise<void> => {
      events.emit('started')
      await new Promise(resolve => signal?.addEventListener('abort', resolve))
      events.emit('ended')
      signal?.throwIfAborted()
    }
    const mock = await open(fault, { clock: { ...virtualClock(), sleep } })
    const ending = new AbortController()
    const slow = expect(document(mock, { signal: ending.signal })).rejects.toThrow('enough')
    await started
    ending.abort(new Error('enough'))
    await Promise.all([slow, ended])
    mock.faults.clear()
    expect((await document(mock)).status).toBe(200)
  })

  test('unknown-state: in what shows one job, and in lists; the job itself is none the worse', async () => {
    const mock = await open('unknown-state')
    const id = await createTask(mock)
    const { body } = await call(`${mock.url('work')}/v2/tasks/${id}`)
    expect(body).toMatchObject({ meta: { id }, now: { state: 'NOBODY_DOCUMENTED_THIS' } })
    const { body: list } = await call(`${mock.url('work')}/v1/pipelines`)
    expect(list).toMatchObject({ pipelines: [{ pipeline_id: 7, phase: 4711 }] })
    expect(mock.jobs.get(`work:task:${id}`)?.rawState).toBe('Waiting')
  })

  test('job-deleted: the job that is asked for is gone for good', async () => {
    const mock = await open([{ fault: 'job-deleted', after: 1, times: 1 }])
    const id = await createTask(mock)
    const path = `${mock.url('work')}/v2/tasks/${id}`
    const statuses = [await call(path), await call(path), await call(path)].map(({ status }) => status)
    expect(statuses).toEqual([200, 404, 404])
    expect(mock.jobs.size).toBe(0)
  })
})

describe('a rule', () => {
  test('hits a share of the calls, the same ones for the same seed', async () => {
    const [one, same, other] = await Promise.all(
      [3, 3, 4].map(async seed => outcomes(await open('error=0.3', { seed }), 60)),
    )
    expect(one).toBe(same)
    expect(one).not.toBe(other)
    const spoiled = one?.replaceAll('.', '').length ?? 0
    expect(spoiled).toBeGreaterThan(8)
    expect(spoiled).toBeLessThan(30)
  })

  test.each([
    [{ fault: 'throttle', after: 2 }, '..tttttt'],
    [{ fault: 'throttle', times: 3 }, 'ttt.....'],
    [{ fault: 'throttle', after: 1, burst: 2, times: 2 }, '.tt.....'],
    [{ fault: 'throttle', on: 'docs' }, 'tttttttt'],
    [{ fault: 'throttle', on: ['getTask', 'getDocument'] }, 'tttttttt'],
    [{ fault: 'throttle', on: 'docs:getDocument' }, 'tttttttt'],
    [{ fault: 'throttle', on: 'work' }, '........'],
  ] as const)('%j: %s', async (rule, expected) => {
    expect(await outcomes(await open([rule]), 8)).toBe(expected)
  })

  test('that comes in bursts spoils calls in a row', async () => {
    const seen = await outcomes(await open([{ fault: 'error', rate: 0.1, burst: 4 }]), 80)
    expect(seen).toContain('e')
    for (const run of seen.replace(/e+$/, '').match(/e+/g) ?? []) expect(run.length % 4).toBe(0)
  })

  test('any draws from all that makes sense here, and never stalls', async () => {
    const mock = await open('any')
    await outcomes(mock, 60)
    const seen = new Set(mock.requests.map(({ fault }) => fault))
    expect(seen.size).toBeGreaterThan(6)
    for (const senseless of ['stall', 'unknown-state', 'job-deleted'] as const) expect(seen).not.toContain(senseless)
  })

  test('that makes no sense for an operation leaves it alone', async () => {
    expect(await outcomes(await open('job-deleted, unknown-state'), 4)).toBe('....')
  })

  test('is counted, replaced and taken away', async () => {
    const mock = await open('error')
    await document(mock)
    expect(mock.faults.list()).toEqual([{ fault: 'error', hits: 1 }])
    mock.faults.set([{ fault: 'throttle', on: 'docs' }])
    expect(await outcomes(mock, 2)).toBe('tt')
    mock.faults.clear()
    expect(await outcomes(mock, 2)).toBe('..')
    expect(mock.faults.list()).toEqual([])
  })

  test.each([
    ['thottle', 'There is no fault "thottle"; did you mean "throttle"? Faults: throttle, error,'],
    ['error=lots', 'error=lots: "lots" is no number; write for example error=0.1.'],
    ['error=', 'error=: "" is no number'],
    ['error=2', 'error: rate must be a number above 0, up to 1, not 2.'],
    ['getDocumnt:error', 'There is no operation or service "getDocumnt"; did you mean "getDocument"?'],
    [[{ fault: 'error', sattus: 500 }], 'A fault has no "sattus"; did you mean "status"?'],
    [[{ fault: 'error', status: 404 }], 'error: status must be a status from 500 to 599, not 404.'],
    [[{ fault: 'reset', ms: 1 }], 'reset: ms belongs to slow-headers and slow-body and any.'],
    [[{ fault: 'error', times: 0.5 }], 'error: times must be a whole number above 0, not 0.5.'],
    [[{}], 'There is no fault "undefined"'],
    [['error'], 'A fault is an object, such as { "fault": "throttle" }, not "error".'],
    [{ fault: 'error' }, 'Faults are a list of rules'],
  ])('%j is refused', async (faults, message) => {
    const started = open(faults as readonly FaultRule[])
    await expect(started).rejects.toThrow(message)
    await expect(started).rejects.toThrow(FaultError)
  })
})
