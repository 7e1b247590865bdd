import { describe, expect, onTestFinished, test } from 'vitest'
import { type Mock, realClock, ScenarioError, virtualClock } from '../src/index.ts'
import { type ServerOptions, serve } from '../src/server.ts'
import { jobService } from './fixtures/job-service.ts'
import { call, type ServiceResponse } from './harness.ts'

const START = 1_800_000_000_000

async function startMock(options: ServerOptions = {}): Promise<Mock> {
  const mock = await serve(new Map([['work', jobService]]), options)
  onTestFinished(() => mock.close())
  return mock
}

const send = (mock: Mock, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(mock.url('work') + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
  })

const get = (mock: Mock, path: string): Promise<ServiceResponse> => send(mock, 'GET', path)

interface Pipeline {
  readonly pipeline_id: number
  readonly pipeline_name: string
  readonly phase: number
  readonly [field: string]: unknown
}

async function createPipeline(
  mock: Mock,
  order: object = { pipeline_name: 'Aggregate' },
  headers = {},
): Promise<Pipeline> {
  const { body } = await send(mock, 'POST', '/v1/pipelines', order, headers)
  return (body as { pipeline: Pipeline }).pipeline
}

const getPipeline = async (mock: Mock, id: number): Promise<Pipeline> =>
  ((await get(mock, `/v1/pipelines/${id}`)).body as { pipeline: Pipeline }).pipeline

async function createTask(mock: Mock, headers = {}): Promise<string> {
  const { body } = await send(mock, 'POST', '/v2/tasks', { meta: { title: 'nightly' } }, headers)
  return (body as { meta: { id: string } }).meta.id
}

describe('a simulated job', () => {
  test('a job waits for a start, can be stopped and started again, and has the same values in all responses', async () => {
    const mock = await startMock({ clock: virtualClock(START) })
    const created = await createPipeline(mock, { pipeline_name: 'Aggregate', workers: 50, parallelism: 3 })
    expect(created).toEqual({ pipeline_id: 8, pipeline_name: 'Aggregate', phase: 1 })
    mock.clock.advance(3_600_000)
    expect(await getPipeline(mock, 8)).toEqual({
      ...{ pipeline_id: 8, pipeline_name: 'Aggregate', phase: 1, opened_at: START, started_at: null, runtime: 0 },
      ...{ queue: 'A', workers: 50, settings: { parallelism: 3 } },
    })
    expect((await send(mock, 'POST', '/v1/pipelines/run', { ids: [8] })).body).toEqual([{ done: 'yes' }])
    expect((await getPipeline(mock, 8)).phase).toBe(7)
    mock.clock.advance(10_000)
    expect(await getPipeline(mock, 8)).toMatchObject({ phase: 8, started_at: START + 3_610_000, runtime: 0 })
    mock.clock.advance(5000)
    expect(await getPipeline(mock, 8)).toMatchObject({ phase: 8, runtime: 5000 })
    await send(mock, 'POST', '/v1/pipelines/stop', { ids: [8] })
    expect((await getPipeline(mock, 8)).phase).toBe(9)
    mock.clock.advance(10_000)
    expect((await getPipeline(mock, 8)).phase).toBe(12)
    await send(mock, 'POST', '/v1/pipelines/run', { ids: [8] })
    expect(await getPipeline(mock, 8)).toMatchObject({ phase: 7, started_at: null })
    expect((await get(mock, '/v1/pipelines/8/log')).body).toEqual({ pipeline_id: 8, lines: ['created'] })
  })

  test('a job has the same values in all responses, with times in the format of the example', async () => {
    const mock = await startMock({ clock: 'virtual' })
    const id = await createTask(mock)
    expect(id).toMatch(/^[0-9a-f]{8}$/)
    const created = Math.floor(mock.clock.now() / 1000)
    expect((await get(mock, `/v2/tasks/${id}`)).body).toEqual({
      meta: { id, title: 'nightly' },
      now: { state: 'Waiting' },
      since: created,
    })
    mock.clock.advance(5000)
    expect((await get(mock, `/v2/tasks/${id}/actions`)).body).toMatchObject({ now: { state: 'Running' } })
    mock.clock.advance(5000)
    expect((await get(mock, `/v2/tasks/${id}`)).body).toMatchObject({ now: { state: 'Done' }, since: created + 10 })
  })

  test('a job has the values of a form, and the values that the operation implies', async () => {
    const mock = await startMock()
    const body = new FormData()
    body.set('pipeline_name', 'from a form')
    body.set('workers', '12')
    body.set('run_mode', 'red')
    body.set('queue', new Blob(['Z']), 'files-are-not-values.txt')
    expect((await call(`${mock.url('work')}/v1/pipeline-forms`, { method: 'POST', body })).status).toBe(200)
    expect(await getPipeline(mock, 8)).toMatchObject({
      pipeline_name: 'from a form',
      workers: 12,
      queue: 'P',
      settings: { mode: 'red' },
    })
  })

  test('a job is created, started and canceled by calls without an ID', async () => {
    const mock = await startMock()
    expect((await send(mock, 'POST', '/v1/control?to=start')).body).toEqual({ done: 'yes' })
    const registration = await send(mock, 'POST', '/v1/registrations', { pipeline_name: 'Aggregate' })
    expect(registration.body).toEqual({ done: 'yes', registered: 8 })
    expect(await getPipeline(mock, 8)).toMatchObject({ pipeline_name: 'Aggregate', phase: 1 })
    await createPipeline(mock)
    await send(mock, 'POST', '/v1/control?to=start')
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['7', '7'])
    expect((await send(mock, 'POST', '/v1/control?to=start')).status).toBe(200)
    await send(mock, 'POST', '/v1/control?to=stop')
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['9', '9'])
  })

  test('a job can be updated and deleted', async () => {
    const mock = await startMock()
    await createPipeline(mock)
    await send(mock, 'PUT', '/v1/pipelines/8', { pipeline_name: 'renamed' })
    expect((await getPipeline(mock, 8)).pipeline_name).toBe('renamed')
    await send(mock, 'POST', '/v1/pipelines/delete', [8])
    expect((await get(mock, '/v1/pipelines/8')).status).toBe(404)
  })

  test('a submitted value that does not fit the response schema is not in the job', async () => {
    const mock = await startMock()
    const { workers } = await getPipeline(mock, 7)
    await createPipeline(mock, { pipeline_name: 'too many workers', workers: 500 })
    expect(await getPipeline(mock, 8)).toMatchObject({ pipeline_name: 'too many workers', workers })
  })

  test('a job has the same ID for the same seed', async () => {
    const ids = await Promise.all([3, 3, 4].map(async seed => createTask(await startMock({ seed }))))
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })
})

describe('scenarios', () => {
  const getAllStates = async (mock: Mock, id: string): Promise<string[]> => {
    const states: string[] = []
    for (let i = 0; i < 6; i++) {
      const { body } = await get(mock, `/v2/tasks/${id}`)
      states.push((body as { now: { state: string } }).now.state)
      mock.clock.advance(5000)
    }
    return [...new Set(states)]
  }

  test.each([
    ['run', ['Waiting', 'Running', 'Done']],
    ['fail', ['Waiting', 'Failed']],
    ['cancel', ['Waiting', 'Running', 'Canceled']],
    ['hang', ['Waiting', 'Running']],
    [
      ['Running', 'Waiting', 'Failed'],
      ['Running', 'Waiting', 'Failed'],
    ],
    [{ 'work:task': 'fail' } as const, ['Waiting', 'Failed']],
    [{ 'work:pipeline': 'fail' } as const, ['Waiting', 'Running', 'Done']],
  ] as const)('the scenario %j plans the states %j', async (scenario, states) => {
    const mock = await startMock({ scenario })
    expect(await getAllStates(mock, await createTask(mock))).toEqual(states)
  })

  test.each(['run', 'fail', 'cancel'] as const)(
    '%s reaches the same states if each read moves the job to its next state',
    async scenario => {
      const timed = await startMock({ scenario })
      const polled = await startMock({ scenario, clock: 'per-poll' })
      const expected = await getAllStates(timed, await createTask(timed))
      const id = await createTask(polled)
      for (const state of expected) {
        expect((await get(polled, `/v2/tasks/${id}`)).body).toMatchObject({ now: { state } })
      }
    },
  )

  test('the header Prefer of a create request sets the scenario of this job only', async () => {
    const mock = await startMock()
    const [one, other] = [await createTask(mock, { Prefer: 'scenario=Waiting>Canceled' }), await createTask(mock)]
    expect(await getAllStates(mock, one)).toEqual(['Waiting', 'Canceled'])
    expect(mock.jobs.get(`work:task:${other}`)?.rawState).toBe('Done')
    const { status, message } = await send(mock, 'POST', '/v2/tasks', {}, { Prefer: 'scenario=Crashed>Done' })
    expect([status, message]).toEqual([
      400,
      expect.stringContaining('Task has no state "Crashed". Use one of Waiting,'),
    ])
    const wrong = await send(mock, 'POST', '/v2/tasks', {}, { Prefer: 'scenario=explode' })
    expect([wrong.status, wrong.message]).toEqual([400, expect.stringContaining('Unknown scenario "explode".')])
  })

  test.each([
    ['fial', 'Unknown scenario "fial". Did you mean "fail"?'],
    [['Running', 'Lost'], 'No job kind has the states "Running, Lost".'],
    [{ 'work:taks': 'run' }, 'Unknown job kind "work:taks". Did you mean "work:task"?'],
    [{ 'work:task': ['Lost'] }, 'No job kind has the states "Lost". Known states of work:task: Waiting,'],
  ])('rejects the scenario %j', async (scenario, message) => {
    const started = startMock({ scenario: scenario as 'run' })
    await expect(started).rejects.toThrow(message)
    await expect(started).rejects.toThrow(ScenarioError)
  })
})

describe('IDs', () => {
  const EXAMPLE = { pipeline_id: 7, pipeline_name: 'Example' }

  test('a request with any ID returns the example until the first job of the kind is created', async () => {
    const mock = await startMock()
    expect(await getPipeline(mock, 99)).toMatchObject(EXAMPLE)
    await createTask(mock)
    expect(await getPipeline(mock, 99)).toMatchObject(EXAMPLE)
  })

  test('after the first job of the kind was created, a request with an ID of neither a job nor an example gets 404', async () => {
    const mock = await startMock()
    await createPipeline(mock)
    for (const [method, path, body] of [
      ['GET', '/v1/pipelines/99'],
      ['GET', '/v1/pipelines/99/log'],
      ['PUT', '/v1/pipelines/99', { pipeline_name: 'x' }],
      ['POST', '/v1/pipelines/run', { ids: [99] }],
      ['POST', '/v1/pipelines/delete', [99]],
    ] as const) {
      const { status, code, message } = await send(mock, method, path, body)
      expect([status, code, message]).toEqual([404, 'P.4', 'There is no Pipeline with pipeline_id 99.'])
    }
    expect(await getPipeline(mock, 7)).toMatchObject(EXAMPLE)
  })

  test('a strict mock responds to the ID of an example with 404', async () => {
    const mock = await startMock({ strict: true })
    expect((await get(mock, '/v1/pipelines/7')).status).toBe(404)
    expect((await get(mock, '/v1/pipelines')).body).toEqual({ page: 1, count: 0, pipelines: [] })
  })

  test('no job is simulated in a static mock, or if the Prefer header selects an example', async () => {
    const staticMock = await startMock({ static: true })
    expect(await createPipeline(staticMock)).toEqual({ pipeline_id: 7, pipeline_name: 'Example', phase: 1 })
    const mock = await startMock()
    expect(await createPipeline(mock, {}, { Prefer: 'example=createPipeline.success' })).toMatchObject({
      pipeline_id: 7,
    })
    expect(mock.jobs.size).toBe(0)
  })
})

describe('calls about several jobs or in the wrong state', () => {
  test('a bulk call returns one result per job, with a failure for a missing job', async () => {
    const mock = await startMock()
    await createPipeline(mock)
    await createPipeline(mock)
    const { body } = await send(mock, 'POST', '/v1/pipelines/run', { ids: [8, 99, 9] })
    expect(body).toEqual([{ done: 'yes' }, { done: 'no', error: { text: 'The job does not exist.' } }, { done: 'yes' }])
    expect(mock.jobs.list().map(({ rawState }) => rawState)).toEqual(['7', '7'])
  })

  test('a call cannot cancel a job in a terminal state or start a running job', async () => {
    const mock = await startMock()
    const id = await createTask(mock)
    mock.clock.advance(60_000)
    const { status, code, message } = await send(mock, 'DELETE', `/v2/tasks/${id}`)
    expect([status, code]).toEqual([409, 'P.5'])
    expect(message).toBe(`Cannot cancel the Task with task_id ${id}, because its state is Done.`)
    await createPipeline(mock)
    await send(mock, 'POST', '/v1/pipelines/run', { ids: [8] })
    expect((await send(mock, 'POST', '/v1/pipelines/run', { ids: [8] })).status).toBe(409)
    await createPipeline(mock)
    expect((await send(mock, 'POST', '/v1/pipelines/run', { ids: [8, 9] })).body).toEqual([
      {
        done: 'no',
        error: { text: 'Cannot start the Pipeline with pipeline_id 8, because its state is 7.' },
      },
      { done: 'yes' },
    ])
  })
})

describe('mock.jobs, mock.clock and mock.requests', () => {
  test('jobs can be read, changed and deleted', async () => {
    const mock = await startMock()
    const id = await createTask(mock)
    const [job] = mock.jobs.list('work:task')
    expect(job).toMatchObject({
      ...{ ref: `work:task:${id}`, kind: 'work:task', key: { task_id: id }, rawState: 'Waiting', state: 'queued' },
      ...{ createdAt: mock.clock.now(), finishedAt: undefined, submitted: { meta: { title: 'nightly' } } },
    })
    mock.jobs.setScenario(`work:task:${id}`, ['Failed'])
    expect(mock.jobs.get(`work:task:${id}`)?.state).toBe('failed')
    expect(() => mock.jobs.setScenario(`work:task:${id}`, ['Gone'])).toThrow('No job kind has the states "Gone"')
    mock.jobs.delete(`work:task:${id}`)
    expect(mock.jobs.size).toBe(0)
    expect((await get(mock, `/v2/tasks/${id}`)).status).toBe(404)
    expect(() => mock.jobs.delete('work:task:x')).toThrow('This mock has no job "work:task:x".')
    expect(() => mock.jobs.list('work:x')).toThrow('Unknown job kind "work:x". Job kinds: work:pipeline, work:task.')
  })

  test('a clock can only be moved forward', async () => {
    const mock = await startMock()
    expect(() => mock.clock.advance(-1)).toThrow('Cannot advance the clock by -1 ms.')
    expect(() => realClock(0)).toThrow('speed must be a number above 0, not 0.')
    const before = mock.clock.now()
    await mock.clock.sleep(5000)
    expect(mock.clock.now()).toBe(before + 5000)
    await expect(mock.clock.sleep(1, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  test('mock.requests keeps only the latest requests', async () => {
    const mock = await startMock({ requestLimit: 3 })
    for (const id of [1, 2, 3, 4]) await get(mock, `/v1/pipelines/${id}?x=${id}`)
    await get(mock, '/nowhere')
    expect(mock.requests.map(({ path, status, operation }) => [path, status, operation])).toEqual([
      ['/work/v1/pipelines/3', 400, 'getPipeline'],
      ['/work/v1/pipelines/4', 400, 'getPipeline'],
      ['/work/nowhere', 404, undefined],
    ])
    expect(mock.requests[0]).toMatchObject({ method: 'GET', service: 'work', query: { x: '3' }, at: mock.clock.now() })
  })
})
