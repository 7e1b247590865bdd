import { EventEmitter, once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FaultError, type FaultRule, type Mock, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { documentService } from './fixtures/document-service.ts'
import { jobService } from './fixtures/job-service.ts'
import { call, type ServiceResponse } from './harness.ts'

async function startMock(faults: ServerOptions['faults'], options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map(Object.entries({ docs: documentService, work: jobService })), {
    ...options,
    ...(faults && { faults }),
  })
  onTestFinished(() => mock.close())
  return mock
}

const getDocument = (mock: Mock, init?: RequestInit): Promise<ServiceResponse> =>
  call(`${mock.url('docs')}/v1/p/documents/s1`, init)

const createTask = async (mock: Mock): Promise<string> => {
  const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }
  const { body } = await call(`${mock.url('work')}/v2/tasks`, init)
  return (body as { meta: { id: string } }).meta.id
}

/** Returns the outcomes of `count` calls: `.` for 200, `t` for 429, `e` for another status, `x` for no response. */
async function getOutcomes(mock: Mock, count: number): Promise<string> {
  let seen = ''
  for (let i = 0; i < count; i++) {
    seen += await getDocument(mock).then(
      ({ status }) => (status === 200 ? '.' : status === 429 ? 't' : 'e'),
      () => 'x',
    )
  }
  return seen
}

describe('fault', () => {
  test('throttle responds with the 429 of the spec, and with the Retry-After of the spec or of the rule', async () => {
    const mock = await startMock([
      { fault: 'throttle', times: 1 },
      { fault: 'throttle', retryAfter: 0 },
    ])
    const { status, code, headers } = await getDocument(mock)
    expect([status, code, headers.get('Retry-After')]).toEqual([429, 'GW.429', '7'])
    expect((await getDocument(mock)).headers.get('Retry-After')).toBe('0')
  })

  test('error responds with a status, and with the code and message that the spec has for this status', async () => {
    const mock = await startMock([
      { fault: 'error', status: 502, times: 1 },
      { fault: 'error', status: 500, times: 1 },
      { fault: 'error', times: 1 },
    ])
    const [known, unknown, drawn] = [await getDocument(mock), await getDocument(mock), await getDocument(mock)]
    expect([known.status, known.code, known.message]).toEqual([502, 'GW.502', 'Bad Gateway'])
    expect([unknown.status, unknown.code]).toEqual([500, 'P.9'])
    expect([502, 503]).toContain(drawn.status)
    expect(known.headers.get('X-Request-Id')).toBe((known.body as { gw_id: string }).gw_id)
  })

  test('false-success responds with a failure in a 200 body', async () => {
    const { status, body } = await getDocument(await startMock('false-success'))
    expect([status, body]).toMatchObject([200, { done: 'no', error: { code: 'P.9' } }])
  })

  test.each(['reset', 'lost-response'] as const)(
    '%s sends no response, and only lost-response processes the call',
    async fault => {
      const mock = await startMock([{ fault, on: 'createTask' }])
      await expect(createTask(mock)).rejects.toThrow()
      expect(mock.jobs.size).toBe(fault === 'lost-response' ? 1 : 0)
      expect(mock.requests).toMatchObject([{ operation: 'createTask', status: undefined, fault }])
      expect((await getDocument(mock)).status).toBe(200)
    },
  )

  test('cut sends the headers and half of the body', async () => {
    const mock = await startMock('cut')
    const response = await fetch(`${mock.url('docs')}/v1/p/documents/s1`, { headers: { 'X-Token': 't' } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test('truncate sends only half of the JSON, in a response that is complete according to its headers', async () => {
    const mock = await startMock('truncate')
    const response = await fetch(`${mock.url('docs')}/v1/p/documents/s1`, { headers: { 'X-Token': 't' } })
    const text = await response.text()
    expect(text.length).toBe(Number(response.headers.get('Content-Length')))
    expect(text.startsWith('{"id":')).toBe(true)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })

  test('stall sends no response, and the request fails when the mock is closed', async () => {
    const mock = await startMock('stall')
    const request = getDocument(mock, { signal: AbortSignal.timeout(60_000) })
    const failure = expect(request).rejects.toThrow('fetch failed')
    while (mock.requests.length === 0) await call(`${mock.origin}/_mock/clock`)
    await mock.close()
    await failure
  })

  test.each(['slow-headers', 'slow-body'] as const)(
    '%s advances the clock of the mock and takes no real time',
    async fault => {
      const clock = virtualClock(0)
      const mock = await startMock([{ fault, ms: 86_400_000 }], { clock })
      expect((await getDocument(mock)).body).toEqual({ id: 's1', copies: 3, note: null })
      expect(clock.now()).toBeCloseTo(86_400_000, -2)
    },
  )

  test.each(['slow-headers', 'slow-body'] as const)('the fault %s ends when the client disconnects', async fault => {
    const events = new EventEmitter()
    const [started, ended] = [once(events, 'started'), once(events, 'ended')]
    const sleep = async (_: number, signal?: AbortSignal): Promise<void> => {
      events.emit('started')
      await new Promise(resolve => signal?.addEventListener('abort', resolve))
      events.emit('ended')
      signal?.throwIfAborted()
    }
    const mock = await startMock(fault, { clock: { ...virtualClock(), sleep } })
    const ending = new AbortController()
    const slow = expect(getDocument(mock, { signal: ending.signal })).rejects.toThrow('enough')
    await started
    ending.abort(new Error('enough'))
    await Promise.all([slow, ended])
    mock.faults.clear()
    expect((await getDocument(mock)).status).toBe(200)
  })

  test('unknown-state replaces the state in responses with one job and in lists, but does not change the job', async () => {
    const mock = await startMock('unknown-state')
    const id = await createTask(mock)
    const { body } = await call(`${mock.url('work')}/v2/tasks/${id}`)
    expect(body).toMatchObject({ meta: { id }, now: { state: 'UNDOCUMENTED_STATE' } })
    const { body: list } = await call(`${mock.url('work')}/v1/pipelines`)
    expect(list).toMatchObject({ pipelines: [{ pipeline_id: 7, phase: 9999 }] })
    expect(mock.jobs.get(`work:task:${id}`)?.rawState).toBe('Waiting')
  })

  test('job-deleted deletes the requested job', async () => {
    const mock = await startMock([{ fault: 'job-deleted', after: 1, times: 1 }])
    const id = await createTask(mock)
    const path = `${mock.url('work')}/v2/tasks/${id}`
    const statuses = [await call(path), await call(path), await call(path)].map(({ status }) => status)
    expect(statuses).toEqual([200, 404, 404])
    expect(mock.jobs.size).toBe(0)
  })
})

describe('fault rule', () => {
  test('a rule applies to a share of the calls, and with the same seed to the same calls', async () => {
    const [one, same, other] = await Promise.all(
      [3, 3, 4].map(async seed => getOutcomes(await startMock('error=0.3', { seed }), 60)),
    )
    expect(one).toBe(same)
    expect(one).not.toBe(other)
    const failed = one?.replaceAll('.', '').length ?? 0
    expect(failed).toBeGreaterThan(8)
    expect(failed).toBeLessThan(30)
  })

  test.each([
    [{ fault: 'throttle', after: 2 }, '..tttttt'],
    [{ fault: 'throttle', times: 3 }, 'ttt.....'],
    [{ fault: 'throttle', after: 1, burst: 2, times: 2 }, '.tt.....'],
    [{ fault: 'throttle', on: 'docs' }, 'tttttttt'],
    [{ fault: 'throttle', on: ['getTask', 'getDocument'] }, 'tttttttt'],
    [{ fault: 'throttle', on: 'docs:getDocument' }, 'tttttttt'],
    [{ fault: 'throttle', on: 'work' }, '........'],
  ] as const)('the rule %j leads to the outcomes %s', async (rule, expected) => {
    expect(await getOutcomes(await startMock([rule]), 8)).toBe(expected)
  })

  test('a rule with a burst applies to several calls in a row', async () => {
    const seen = await getOutcomes(await startMock([{ fault: 'error', rate: 0.1, burst: 4 }]), 80)
    expect(seen).toContain('e')
    for (const run of seen.replace(/e+$/, '').match(/e+/g) ?? []) expect(run.length % 4).toBe(0)
  })

  test('a rule with the fault "any" can inject every fault that the operation supports, except stall', async () => {
    const mock = await startMock('any')
    await getOutcomes(mock, 60)
    const seen = new Set(mock.requests.map(({ fault }) => fault))
    expect(seen.size).toBeGreaterThan(6)
    for (const unsupported of ['stall', 'unknown-state', 'job-deleted'] as const)
      expect(seen).not.toContain(unsupported)
  })

  test('a rule does not apply to operations that do not support the fault', async () => {
    expect(await getOutcomes(await startMock('job-deleted, unknown-state'), 4)).toBe('....')
  })

  test('a rule for simulated jobs does not apply in a static mock', async () => {
    const mock = await startMock('job-deleted, unknown-state', { static: true })
    const { status } = await call(`${mock.url('work')}/v2/tasks/1`)
    expect(status).toBe(200)
    expect(mock.requests.map(({ fault }) => fault)).toEqual([undefined])
  })

  test('a rule counts its hits, and can be replaced and removed', async () => {
    const mock = await startMock('error')
    await getDocument(mock)
    expect(mock.faults.list()).toEqual([{ fault: 'error', hits: 1 }])
    mock.faults.set([{ fault: 'throttle', on: 'docs' }])
    expect(await getOutcomes(mock, 2)).toBe('tt')
    mock.faults.clear()
    expect(await getOutcomes(mock, 2)).toBe('..')
    expect(mock.faults.list()).toEqual([])
  })

  test.each([
    ['thottle', 'Unknown fault "thottle". Did you mean "throttle"? Faults: throttle, error,'],
    ['error=lots', 'error=lots: "lots" is not a number. Write the share of calls, such as error=0.1.'],
    ['error=', 'error=: "" is not a number'],
    ['error=2', 'error: rate must be a number above 0 and at most 1, not 2.'],
    ['getDocumnt:error', 'Unknown operation or service "getDocumnt". Did you mean "getDocument"?'],
    [[{ fault: 'error', sattus: 500 }], 'Unknown field "sattus" of a fault. Did you mean "status"?'],
    [[{ fault: 'error', status: 404 }], 'error: status must be a status from 500 to 599, not 404.'],
    [[{ fault: 'reset', ms: 1 }], 'reset: ms is not supported. Faults with this field: slow-headers, slow-body, any.'],
    [[{ fault: 'error', times: 0.5 }], 'error: times must be a whole number above 0, not 0.5.'],
    [[{}], 'Unknown fault "undefined"'],
    [['error'], 'A fault must be an object such as { "fault": "throttle" }, not "error".'],
    [{ fault: 'error' }, 'Faults must be text such as "throttle=0.1" or a list'],
  ])('rejects the rules %j', async (faults, message) => {
    const started = startMock(faults as readonly FaultRule[])
    await expect(started).rejects.toThrow(message)
    await expect(started).rejects.toThrow(FaultError)
  })
})
