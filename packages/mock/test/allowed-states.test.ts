import { type JobKindSpec, type JobOperation, readFirstPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type Mock } from '../src/index.ts'
import { getCancelStates } from '../src/simulation/scenario.ts'
import { bundles, operations } from './spec-operations.ts'
import { createRequest, getExample, type RequestValues } from './spec-requests.ts'

/** Operations must be allowed exactly in the states that `simulation.allowedStates` declares. The tests read all cases from the specs. */

interface Kind {
  readonly service: string
  readonly ref: string
  readonly rules: JobKindSpec
}

const kinds: readonly Kind[] = [...bundles].flatMap(([service, bundle]) =>
  Object.entries(bundle['x-jobs'] ?? {}).map(([name, rules]) => ({ service, ref: `${service}:${name}`, rules })),
)

const declared = kinds.flatMap(kind =>
  Object.entries(kind.rules.simulation?.allowedStates ?? {}).map(
    ([operation, allowed]) => [`${kind.service}.${operation}`, kind, operation, allowed] as const,
  ),
)

/** Starts a mock with a job of a kind in a state, and returns a function that calls an operation on this job. */
async function startWithJob({ service, ref, rules }: Kind, states: readonly string[]) {
  const mock: Mock = await createMock({ services: [service as 'dli'], seedJobs: 10 })
  onTestFinished(() => mock.close())
  const [job] = mock.jobs.list(ref)
  if (!job) throw new Error(`There is no job of the kind ${ref}.`)
  mock.jobs.setScenario(job.ref, states)
  const call = async (id: string): Promise<{ readonly status: number; readonly body: unknown }> => {
    const operation = operations.get(`${service}.${id}`)
    if (!operation) throw new Error(`There is no operation ${id}.`)
    const { args, body } = findRole(rules, id)
    const example = operation.request?.body && getExample(operation.request.body.contents?.[0])
    const sent = body === undefined ? example : fill(body, job.key, example)
    const response = await fetch(createRequest(mock.url(service), operation, { ...args, ...job.key, body: sent }))
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { mock, call, getState: () => mock.jobs.get(job.ref)?.rawState }
}

function findRole({ operations }: JobKindSpec, id: string): Pick<JobOperation, 'args' | 'body'> {
  const { cancel = [], start = [], update = [], delete: remove = [], views = [] } = operations
  return [...cancel, ...start, ...update, ...remove, ...views].find(({ operation }) => operation === id) ?? {}
}

/** Fills the key of a job into the pattern of a request body. The other values are those of the example. */
function fill(pattern: unknown, key: RequestValues, example: unknown): unknown {
  if (Array.isArray(pattern)) return pattern.map(item => fill(item, key, undefined))
  if (typeof pattern === 'string' && pattern.startsWith('$')) {
    const part = String(key[pattern.slice(1)])
    return /^\d{1,15}$/.test(part) ? Number(part) : part
  }
  if (typeof pattern !== 'object' || pattern === null) return pattern
  const filled = Object.entries(pattern).map(([name, inner]) => [name, fill(inner, key, undefined)])
  return { ...(example as object), ...Object.fromEntries(filled) }
}

test('the specs declare the states of operations', () => {
  expect(declared.map(([name]) => name)).toEqual(
    expect.arrayContaining(['modelarts.stopTrainingJob', 'modelarts.deleteVisualizationJob', 'dli.stopFlinkJobs']),
  )
})

describe.each(declared)('%s', (_, kind, operation, allowed) => {
  const { 'x-errors': errors } = bundles.get(kind.service) ?? {}
  const states = Object.entries(kind.rules.states).map(([state, { is }]) => ({
    state,
    isAllowed: allowed.only?.includes(is) ?? !allowed.except?.includes(is),
  }))
  const code = kind.rules.simulation?.rejections?.[operation]

  test('is rejected in some states of the kind', () => {
    expect(new Set(states.map(({ isAllowed }) => isAllowed))).toEqual(new Set([true, false]))
  })

  test.each(states.filter(({ isAllowed }) => isAllowed))('is allowed in the state $state', async ({ state }) => {
    const { call } = await startWithJob(kind, [state])
    const { status, body } = await call(operation)
    expect([status, body]).toEqual([expect.toSatisfy(value => value < 300), body])
    expect(JSON.stringify(body) ?? '').not.toMatch(/"is_success":"?false/)
  })

  test.each(states.filter(({ isAllowed }) => !isAllowed))(
    'is rejected with the documented error in the state $state, and does not change the job',
    async ({ state }) => {
      const { call, getState } = await startWithJob(kind, [state])
      const { status, body } = await call(operation)
      expect(status).toBeGreaterThanOrEqual(400)
      const expected = code === undefined ? errors?.kinds['conflict'] : [code]
      expect(expected).toContain(readFirstPointer(body, errors?.code ?? []))
      expect(JSON.stringify(body)).toContain(`because its state is ${state}.`)
      expect(getState()).toBe(state)
    },
  )
})

const stopping = kinds.filter(({ rules }) => rules.operations.cancel && getCancelStates(rules).length > 1)

test.each(stopping.map(kind => [kind.ref, kind] as const))(
  'a second cancellation does not delay the end of a job of %s',
  async (_, kind) => {
    const { run } = kind.rules.simulation?.paths ?? {}
    const running = run?.map(String).find(state => kind.rules.states[state]?.is === 'running') ?? ''
    const { mock, call, getState } = await startWithJob(kind, [running])
    const [{ operation } = { operation: '' }] = kind.rules.operations.cancel ?? []
    const interval = kind.rules.polling.interval * 1000
    expect((await call(operation)).status).toBeLessThan(300)
    mock.clock.advance(interval - 1)
    expect(getState()).toBe(getCancelStates(kind.rules)[0])
    await call(operation)
    mock.clock.advance(1)
    expect(getState()).toBe(getCancelStates(kind.rules)[1])
  },
)

test('a bulk call changes the jobs whose state allows the call, and reports a failure for the others', async () => {
  const flink = kinds.find(({ ref }) => ref === 'dli:flink-job') as Kind
  const { mock } = await startWithJob(flink, ['job_running'])
  const [running, draft] = mock.jobs.list(flink.ref)
  mock.jobs.setScenario(draft?.ref ?? '', ['job_init'])
  const jobs = [draft, running, running].map(job => Number(job?.key['job_id']))
  const operation = operations.get('dli.stopFlinkJobs')
  if (!operation) throw new Error('There is no operation stopFlinkJobs.')
  const response = await fetch(createRequest(mock.url('dli'), operation, { body: { job_ids: jobs } }))
  expect([response.status, await response.json()]).toMatchObject([
    200,
    [
      { is_success: 'false', message: expect.stringContaining('because its state is job_init.') },
      { is_success: 'true' },
      { is_success: 'true' },
    ],
  ])
  expect([draft, running].map(job => mock.jobs.get(job?.ref ?? '')?.rawState)).toEqual(['job_init', 'job_canceling'])
})
