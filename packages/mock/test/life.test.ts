import { describe, expect, onTestFinished, test } from 'vitest'
import { type Mock, realClock, ScenarioError, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { yard } from './fixtures/yard.ts'
import { type Answer, call } from './harness.ts'

const START = 1_800_000_000_000

async function open(options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map([['yard', yard]]), options)
  onTestFinished(() => mock.close())
  return mock
}

const send = (mock: Mock, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(mock.url('yard') + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
  })

const get = (mock: Mock, path: string): Promise<Answer> => send(mock, 'GET', path)

interface Hull {
  readonly hull_id: number
  readonly hull_name: string
  readonly phase: number
  readonly [field: string]: unknown
}

async function createHull(mock: Mock, order: object = { hull_name: 'Argo' }, headers = {}): Promise<Hull> {
  const { body } = await send(mock, 'POST', '/v1/hulls', order, headers)
  return (body as { hull: Hull }).hull
}

const hullOf = async (mock: Mock, id: number): Promise<Hull> =>
  ((await get(mock, `/v1/hulls/${id}`)).body as { hull: Hull }).hull

async function createTour(mock: Mock, headers = {}): Promise<string> {
  const { body } = await send(mock, 'POST', '/v2/tours', { meta: { title: 'South' } }, headers)
  return (body as { meta: { id: string } }).meta.id
}

describe('a job', () => {
  test('rests, is started, stopped and started again; every answer shows the same one', async () => {
    const mock = await open({ clock: virtualClock(START) })
    const made = await createHull(mock, { hull_name: 'Argo', crew: 50, mast: 3 })
    expect(made).toEqual({ hull_id: 8, hull_name: 'Argo', phase: 1 })
    mock.clock.advance(3_600_000)
    expect(await hullOf(mock, 8)).toEqual({
      ...{ hull_id: 8, hull_name: 'Argo', phase: 1, laid_at: START, floated_at: null, days: 0 },
      ...{ dock: 'A', crew: 50, gear: { mast: 3 } },
    })
    expect((await send(mock, 'POST', '/v1/hulls/run', { ids: [8] })).body).toEqual([{ done: 'yes' }])
    expect((await hullOf(mock, 8)).phase).toBe(7)
    mock.clock.advance(10_000)
    expect(await hullOf(mock, 8)).toMatchObject({ phase: 8, floated_at: START + 3_610_000, days: 0 })
    mock.clock.advance(5000)
    expect(await hullOf(mock, 8)).toMatchObject({ phase: 8, days: 5000 })
    await send(mock, 'POST', '/v1/hulls/stop', { ids: [8] })
    expect((await hullOf(mock, 8)).phase).toBe(9)
    mock.clock.advance(10_000)
    expect((await hullOf(mock, 8)).phase).toBe(12)
    await send(mock, 'POST', '/v1/hulls/run', { ids: [8] })
    expect(await hullOf(mock, 8)).toMatchObject({ phase: 7, floated_at: null })
    expect((await get(mock, '/v1/hulls/8/log')).body).toEqual({ hull_id: 8, lines: ['laid'] })
  })

  test('shows in every view of it, and times are in the form of the example', async () => {
    const mock = await open({ clock: 'virtual' })
    const id = await createTour(mock)
    expect(id).toMatch(/^[0-9a-f]{8}$/)
    const created = Math.floor(mock.clock.now() / 1000)
    expect((await get(mock, `/v2/tours/${id}`)).body).toEqual({
      meta: { id, title: 'South' },
      now: { state: 'Waiting' },
      since: created,
    })
    mock.clock.advance(5000)
    expect((await get(mock, `/v2/tours/${id}/actions`)).body).toMatchObject({ now: { state: 'Sailing' } })
    mock.clock.advance(5000)
    expect((await get(mock, `/v2/tours/${id}`)).body).toMatchObject({ now: { state: 'Home' }, since: created + 10 })
  })

  test('has what its operation implies, and what a form says', async () => {
    const mock = await open()
    const body = new FormData()
    body.set('hull_name', 'Pinta')
    body.set('crew', '12')
    body.set('paint', 'red')
    body.set('dock', new Blob(['Z']), 'a file is no value.txt')
    expect((await call(`${mock.url('yard')}/v1/painted-hulls`, { method: 'POST', body })).status).toBe(200)
    expect(await hullOf(mock, 8)).toMatchObject({ hull_name: 'Pinta', crew: 12, dock: 'P', gear: { sail: 'red' } })
  })

  test('is created, started and canceled by calls that do not say which', async () => {
    const mock = await open()
    expect((await send(mock, 'POST', '/v1/fleet?to=sail')).body).toEqual({ done: 'yes' })
    expect((await send(mock, 'POST', '/v1/keels', { hull_name: 'Argo' })).body).toEqual({ done: 'yes' })
    expect(await hullOf(mock, 8)).toMatchObject({ hull_name: 'Argo', phase: 1 })
    await createHull(mock)
    await send(mock, 'POST', '/v1/fleet?to=sail')
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['7', '7'])
    expect((await send(mock, 'POST', '/v1/fleet?to=sail')).status).toBe(200)
    await send(mock, 'POST', '/v1/fleet?to=dock')
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['9', '9'])
  })

  test('is updated, and deleted', async () => {
    const mock = await open()
    await createHull(mock)
    await send(mock, 'PUT', '/v1/hulls/8', { hull_name: 'Santa Maria' })
    expect((await hullOf(mock, 8)).hull_name).toBe('Santa Maria')
    await send(mock, 'POST', '/v1/hulls/delete', [8])
    expect((await get(mock, '/v1/hulls/8')).status).toBe(404)
  })

  test('that breaks the spec is a 500 that says so', async () => {
    const mock = await open()
    await createHull(mock, { hull_name: 'Crowded', crew: 500 })
    const { status, message } = await get(mock, '/v1/hulls/8')
    expect(status).toBe(500)
    expect(message).toContain("The mock's own response (200) breaks the spec")
    expect(message).toContain('crew must be <= 99')
  })

  test('the same seed makes the same ids', async () => {
    const ids = await Promise.all([3, 3, 4].map(async seed => createTour(await open({ seed }))))
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })
})

describe('scenarios', () => {
  const watch = async (mock: Mock, id: string): Promise<string[]> => {
    const states: string[] = []
    for (let i = 0; i < 6; i++) {
      const { body } = await get(mock, `/v2/tours/${id}`)
      states.push((body as { now: { state: string } }).now.state)
      mock.clock.advance(5000)
    }
    return [...new Set(states)]
  }

  test.each([
    ['run', ['Waiting', 'Sailing', 'Home']],
    ['fail', ['Waiting', 'Sunk']],
    ['cancel', ['Waiting', 'Sailing', 'Called']],
    ['hang', ['Waiting', 'Sailing']],
    [
      ['Sailing', 'Waiting', 'Sunk'],
      ['Sailing', 'Waiting', 'Sunk'],
    ],
    [{ 'yard:tour': 'fail' } as const, ['Waiting', 'Sunk']],
    [{ 'yard:hull': 'fail' } as const, ['Waiting', 'Sailing', 'Home']],
  ] as const)('%j', async (scenario, states) => {
    const mock = await open({ scenario })
    expect(await watch(mock, await createTour(mock))).toEqual(states)
  })

  test.each(['run', 'fail', 'cancel'] as const)('%s, a state per read', async scenario => {
    const timed = await open({ scenario })
    const polled = await open({ scenario, clock: 'per-poll' })
    const expected = await watch(timed, await createTour(timed))
    const id = await createTour(polled)
    for (const state of expected) {
      expect((await get(polled, `/v2/tours/${id}`)).body).toMatchObject({ now: { state } })
    }
  })

  test('Prefer chooses for one job', async () => {
    const mock = await open()
    const [one, other] = [await createTour(mock, { Prefer: 'scenario=Waiting>Called' }), await createTour(mock)]
    expect(await watch(mock, one)).toEqual(['Waiting', 'Called'])
    expect(mock.jobs.get(`yard:tour:${other}`)?.rawState).toBe('Home')
    const { status, message } = await send(mock, 'POST', '/v2/tours', {}, { Prefer: 'scenario=Sunken>Home' })
    expect([status, message]).toEqual([400, expect.stringContaining('Tour has no state "Sunken"; it has Waiting,')])
    const wrong = await send(mock, 'POST', '/v2/tours', {}, { Prefer: 'scenario=flee' })
    expect([wrong.status, wrong.message]).toEqual([400, expect.stringContaining('There is no scenario "flee"')])
  })

  test.each([
    ['fial', 'There is no scenario "fial"; did you mean "fail"?'],
    [['Sailing', 'Lost'], 'No job kind has the states "Sailing, Lost".'],
    [{ 'yard:tuor': 'run' }, 'There is no job kind "yard:tuor"; did you mean "yard:tour"?'],
    [{ 'yard:tour': ['Lost'] }, 'No job kind has the states "Lost". States of yard:tour: Waiting,'],
  ])('%j is refused', async (scenario, message) => {
    const started = open({ scenario: scenario as 'run' })
    await expect(started).rejects.toThrow(message)
    await expect(started).rejects.toThrow(ScenarioError)
  })
})

describe('ids', () => {
  const EXAMPLE = { hull_id: 7, hull_name: 'Nimrod' }

  test('are all those of the example until a job is created', async () => {
    const mock = await open()
    expect(await hullOf(mock, 99)).toMatchObject(EXAMPLE)
    await createTour(mock)
    expect(await hullOf(mock, 99)).toMatchObject(EXAMPLE)
  })

  test('are found or not once jobs of the kind live; those of the examples stay', async () => {
    const mock = await open()
    await createHull(mock)
    for (const [method, path, body] of [
      ['GET', '/v1/hulls/99'],
      ['GET', '/v1/hulls/99/log'],
      ['PUT', '/v1/hulls/99', { hull_name: 'x' }],
      ['POST', '/v1/hulls/run', { ids: [99] }],
      ['POST', '/v1/hulls/delete', [99]],
    ] as const) {
      const { status, code, message } = await send(mock, method, path, body)
      expect([status, code, message]).toEqual([404, 'P.4', 'There is no Hull with hull_id 99'])
    }
    expect(await hullOf(mock, 7)).toMatchObject(EXAMPLE)
  })

  test('of the examples are unknown, too, to a strict mock', async () => {
    const mock = await open({ strict: true })
    expect((await get(mock, '/v1/hulls/7')).status).toBe(404)
    expect((await get(mock, '/v1/hulls')).body).toEqual({ page: 1, count: 0, hulls: [] })
  })

  test('do not matter to a static mock, nor where an example is preferred', async () => {
    const fixed = await open({ static: true })
    expect(await createHull(fixed)).toEqual({ hull_id: 7, hull_name: 'Nimrod', phase: 1 })
    const mock = await open()
    expect(await createHull(mock, {}, { Prefer: 'example=createHull.success' })).toMatchObject({ hull_id: 7 })
    expect(mock.jobs.size).toBe(0)
  })
})

describe('calls on several jobs, or in the wrong moment', () => {
  test('one answer per job, a failure for one that is not there', async () => {
    const mock = await open()
    await createHull(mock)
    await createHull(mock)
    const { body } = await send(mock, 'POST', '/v1/hulls/run', { ids: [8, 99, 9] })
    expect(body).toEqual([{ done: 'yes' }, { done: 'no', fault: { text: 'There is no such job' } }, { done: 'yes' }])
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['7', '7'])
  })

  test('a job that ended cannot be canceled, one that runs not be started', async () => {
    const mock = await open()
    const id = await createTour(mock)
    mock.clock.advance(60_000)
    const { status, code, message } = await send(mock, 'DELETE', `/v2/tours/${id}`)
    expect([status, code]).toEqual([409, 'P.5'])
    expect(message).toBe(`Tour with tour_id ${id} is in state Home: there is nothing to cancel`)
    await createHull(mock)
    await send(mock, 'POST', '/v1/hulls/run', { ids: [8] })
    expect((await send(mock, 'POST', '/v1/hulls/run', { ids: [8] })).status).toBe(409)
  })
})

describe('control', () => {
  test('jobs can be looked at, sent another way and taken away', async () => {
    const mock = await open()
    const id = await createTour(mock)
    const [job] = mock.jobs.list('yard:tour')
    expect(job).toMatchObject({
      ...{ ref: `yard:tour:${id}`, kind: 'yard:tour', key: { tour_id: id }, rawState: 'Waiting', state: 'queued' },
      ...{ createdAt: mock.clock.now(), endedAt: undefined, submitted: { meta: { title: 'South' } } },
    })
    mock.jobs.setScenario(`yard:tour:${id}`, ['Sunk'])
    expect(mock.jobs.get(`yard:tour:${id}`)?.state).toBe('failed')
    expect(() => mock.jobs.setScenario(`yard:tour:${id}`, ['Gone'])).toThrow('No job kind has the states "Gone"')
    mock.jobs.delete(`yard:tour:${id}`)
    expect(mock.jobs.size).toBe(0)
    expect((await get(mock, `/v2/tours/${id}`)).status).toBe(404)
    expect(() => mock.jobs.delete('yard:tour:x')).toThrow('There is no job "yard:tour:x" in this mock.')
    expect(() => mock.jobs.list('yard:x')).toThrow('There is no job kind "yard:x"; there are yard:hull, yard:tour.')
  })

  test('clocks go forward', async () => {
    const mock = await open()
    expect(() => mock.clock.advance(-1)).toThrow('A clock goes forward')
    expect(() => realClock(0)).toThrow('speed must be a number above 0, not 0.')
    const before = mock.clock.now()
    await mock.clock.sleep(5000)
    expect(mock.clock.now()).toBe(before + 5000)
    await expect(mock.clock.sleep(1, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  test('the last requests are remembered, not more', async () => {
    const mock = await open({ requestLimit: 3 })
    for (const id of [1, 2, 3, 4]) await get(mock, `/v1/hulls/${id}?x=${id}`)
    await get(mock, '/nowhere')
    expect(mock.requests.map(({ path, status, operation }) => [path, status, operation])).toEqual([
      ['/yard/v1/hulls/3', 400, 'getHull'],
      ['/yard/v1/hulls/4', 400, 'getHull'],
      ['/yard/nowhere', 404, undefined],
    ])
    expect(mock.requests[0]).toMatchObject({ method: 'GET', service: 'yard', query: { x: '3' }, at: mock.clock.now() })
  })
})
