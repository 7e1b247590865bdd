import { defaultFirst, readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Bundle, loadBundles } from '../src/bundle.ts'
import { createMock, type Mock, type MockOptions } from '../src/index.ts'
import { loadOperations, type Operation } from '../src/operation.ts'
import { getPagination } from '../src/simulation/job-kind.ts'
import { isTerminalState } from '../src/simulation/job-states.ts'
import { getCancelStates, getCreatedStates, getScenarioStates } from '../src/simulation/scenario.ts'
import { createRequest, type RequestValues } from './spec-requests.ts'

/** Submits, polls and cancels a job of every kind in every spec, and lets another job fail. Nothing here depends on a specific service. */

const bundles = loadBundles()

interface Case {
  readonly service: string
  readonly name: string
  readonly rules: NonNullable<Bundle['x-jobs']>[string]
  readonly operations: ReadonlyMap<string, Operation>
}

const kinds: readonly Case[] = (
  await Promise.all(
    [...bundles].map(async ([service, bundle]) => {
      const operations = new Map((await loadOperations(bundle)).map(operation => [operation.iid ?? '', operation]))
      return Object.entries(bundle['x-jobs'] ?? {}).map(([name, rules]) => ({ service, name, rules, operations }))
    }),
  )
).flat()

const creatable = kinds.filter(({ rules }) => rules.operations.create)

const getCreateCall = ({ rules }: Case, id?: string) =>
  id === undefined
    ? defaultFirst(rules.operations.create)[0]
    : rules.operations.create?.find(({ operation }) => operation === id)

async function startMock(options: MockOptions): Promise<Mock> {
  const mock = await createMock(options)
  onTestFinished(() => mock.close())
  return mock
}

/** Calls an operation with the examples of the spec. `given` replaces some of the examples. The call must succeed. */
async function call(
  mock: Mock,
  { service, operations }: Case,
  id: string,
  given: RequestValues = {},
): Promise<unknown> {
  const operation = operations.get(id)
  if (!operation) throw new Error(`There is no operation ${id}.`)
  const response = await fetch(createRequest(mock.url(service), operation, given))
  const text = await response.text()
  expect([id, response.status, text]).toEqual([id, expect.toSatisfy(status => status < 300), text])
  return text === '' ? undefined : JSON.parse(text)
}

/** Creates a job, by default with the kind's default operation, and returns its key. */
async function submit(mock: Mock, kind: Case, id?: string, given: RequestValues = {}): Promise<RequestValues> {
  const { operation = '', at = '' } = getCreateCall(kind, id) ?? {}
  const body = await call(mock, kind, operation, given)
  const created = readPointer(body, at)
  const [job] = mock.jobs.list(`${kind.service}:${kind.name}`).slice(-1)
  const shown = Object.entries(kind.rules.key).flatMap(([name, pointer]) => {
    const value = pointer === '' ? undefined : readPointer(created, pointer)
    return value === undefined ? [] : [[name, String(value)]]
  })
  expect(shown.length).toBeGreaterThan(0)
  expect(job?.key).toMatchObject(Object.fromEntries(shown))
  return job?.key ?? {}
}

/** Reads the state from the response of `get`, or from the list if the kind has no get operation. */
async function readState(mock: Mock, kind: Case, key: RequestValues): Promise<string> {
  const { operations, list, fields, key: pointers } = kind.rules
  const { get } = operations
  const body = await call(mock, kind, get.operation, { ...list?.args, ...key })
  const found = readPointer(body, get.at)
  const hasKey = (item: unknown): boolean =>
    Object.entries(pointers).every(([name, at]) => at === '' || String(readPointer(item, at)) === key[name])
  const job = get.find ? (found as unknown[]).find(hasKey) : found
  expect(hasKey(job)).toBe(true)
  return String(readPointer(job, fields.state))
}

const createActionCall = ({ rules }: Case, name: 'start' | 'cancel', key: RequestValues): [string, RequestValues] => {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value === 'string' && value.startsWith('$')) {
      const part = String(key[value.slice(1)])
      return /^\d{1,15}$/.test(part) ? Number(part) : part
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([inner, at]) => [inner, fill(at)]))
  }
  const { operation = '', args, body } = defaultFirst(rules.operations[name])[0] ?? {}
  return [operation, { ...args, ...key, ...(body !== undefined && { body: fill(body) }) }]
}

/** Polls a job until its state stays the same for three polls. Returns all states that the job had. */
async function collectStates(mock: Mock, kind: Case, key: RequestValues, from: string): Promise<string[]> {
  const seen = [from]
  for (let unchangedPolls = 0; unchangedPolls < 3; ) {
    mock.clock.advance((kind.rules.polling.interval * 1000) / 2)
    const state = await readState(mock, kind, key)
    if (state === seen.at(-1)) unchangedPolls++
    else {
      unchangedPolls = 0
      seen.push(state)
    }
  }
  return seen
}

async function run(kind: Case, scenario: 'run' | 'fail'): Promise<{ mock: Mock; key: RequestValues; seen: string[] }> {
  const mock = await startMock({ services: [kind.service], scenario })
  const key = await submit(mock, kind)
  const createdStates = getCreatedStates(kind.rules)
  const first = await readState(mock, kind, key)
  if (createdStates) {
    expect(await collectStates(mock, kind, key, first)).toEqual(createdStates)
    await call(mock, kind, ...createActionCall(kind, 'start', key))
  }
  return { mock, key, seen: await collectStates(mock, kind, key, await readState(mock, kind, key)) }
}

test('the specs have kinds whose jobs can be created', () => {
  expect(creatable.length).toBeGreaterThan(0)
})

describe.each(creatable.map(kind => [`${kind.service}:${kind.name}`, kind] as const))('%s', (ref, kind) => {
  const { rules } = kind

  test('a job reaches all states of the scenario `run`', async () => {
    const { seen } = await run(kind, 'run')
    expect(seen).toEqual(getScenarioStates(rules, 'run'))
  })

  test('a job reaches all states of the scenario `fail`', async () => {
    const { seen } = await run(kind, 'fail')
    expect(seen).toEqual(getScenarioStates(rules, 'fail'))
  })

  test('a canceled job reaches all states of a cancellation', async () => {
    const mock = await startMock({ services: [kind.service], scenario: 'hang' })
    const key = await submit(mock, kind)
    if (getCreatedStates(rules)) await call(mock, kind, ...createActionCall(kind, 'start', key))
    await call(mock, kind, ...createActionCall(kind, 'cancel', key))
    const seen = await collectStates(mock, kind, key, await readState(mock, kind, key))
    expect(seen).toEqual(getCancelStates(rules))
    expect(isTerminalState(rules, seen.at(-1) ?? '')).toBe(true)
  })

  test.each(rules.operations.create?.map(({ operation }) => operation) ?? [])(
    '%s creates a job that the list of the kind returns',
    async operation => {
      const mock = await startMock({ services: [kind.service] })
      const key = await submit(mock, kind, operation)
      expect(mock.jobs.size).toBe(1)
      const { list: sorting = {}, operations } = rules
      const { list, get } = operations
      expect((await readState(mock, kind, key)).length).toBeGreaterThan(0)
      if (!list || get.find) return
      if (sorting.each) return // The vendor's documents do not always say which of these values a job has.
      const body = await call(mock, kind, list.operation, { ...sorting.args, ...key, body: {} })
      expect(readPointer(body, list.at)).toHaveLength(1)
    },
  )

  test('200 seeded jobs match the spec in every response', async () => {
    const mock = await startMock({ services: [kind.service], seedJobs: 200 })
    const jobs = mock.jobs.list(ref)
    expect(jobs.length).toBeGreaterThan(20)
    for (const { key, rawState } of jobs.slice(0, 20)) expect(await readState(mock, kind, key)).toBe(rawState)
  })
})

const listed = creatable.flatMap(kind => {
  const list = kind.operations.get(kind.rules.operations.list?.operation ?? '')
  const pagination = list && getPagination(list)
  return pagination?.key === undefined ? [] : [[`${kind.service}:${kind.name}`, kind, pagination] as const]
})

test.each(listed)(
  'each item of the list of %s has a different key',
  async (_, kind, { key: keyPointer = '', total }) => {
    const mock = await startMock({ services: [kind.service] })
    const key = await submit(mock, kind)
    for (const { operation } of kind.rules.operations.create ?? []) await submit(mock, kind, operation, key)
    const { list: sorting = {}, operations } = kind.rules
    const body = await call(mock, kind, operations.list?.operation ?? '', { ...sorting.args, body: {} })
    const items = readPointer(body, operations.list?.at ?? '') as unknown[]
    const keys = items.map(item => readPointer(item, keyPointer))
    expect(keys.length).toBeGreaterThan(0)
    expect(new Set(keys).size).toBe(keys.length)
    if (total !== undefined) expect(readPointer(body, total)).toBe(keys.length)
  },
)

test('the list of training jobs shows the newest version of each job', async () => {
  const version = kinds.find(({ name }) => name === 'training-version') as Case
  const mock = await startMock({ services: ['modelarts'], scenario: 'hang' })
  const key = await submit(mock, version)
  const { version_id } = await submit(mock, version, 'createTrainingJobVersion', key)
  const other = await submit(mock, version)
  const list = (values: RequestValues) => call(mock, version, 'listTrainingJobs', { order: 'asc', ...values })
  expect(await list({})).toMatchObject({
    job_total_count: 2,
    jobs: [{ job_id: Number(key['job_id']), version_id: Number(version_id) }, { job_id: Number(other['job_id']) }],
  })
  await call(mock, version, 'stopTrainingJobVersion', { ...key, version_id })
  // The filter applies to the version that the list shows.
  expect(await list({ status: '9' })).toMatchObject({ job_total_count: 1 })
  expect(await list({ status: '1' })).toMatchObject({ jobs: [{ job_id: Number(other['job_id']) }] })
})

describe('SQL jobs and job instances', () => {
  const sql = kinds.find(({ name }) => name === 'sql-job') as Case
  const instance = kinds.find(({ name }) => name === 'job-instance') as Case

  test('the status and the list of SQL jobs contain the statement, and the list can be filtered by the statement', async () => {
    const mock = await startMock({ services: ['dli'] })
    const sent = { sql: 'select 47 from t', currentdb: 'db47' }
    const body = await call(mock, sql, 'submitSqlJob', { body: sent })
    const job_id = readPointer(body, '/job_id')
    const shown = { statement: sent.sql, database_name: sent.currentdb }
    expect(await call(mock, sql, 'getSqlJobStatus', { job_id })).toMatchObject(shown)
    await call(mock, sql, 'submitSqlJob', { body: { sql: 'select 48' } })
    const list = await call(mock, sql, 'listSqlJobs', { sql_pattern: 'SELECT 47' })
    expect(list).toMatchObject({ job_count: 1, jobs: [{ job_id, ...shown }] })
  })

  test('keeps a created job even if the response has no ID, and starts and stops all jobs of a scene with one call', async () => {
    const mock = await startMock({ services: ['res'] })
    await call(mock, instance, 'createJobInstances')
    await call(mock, instance, 'createJobInstance')
    await call(mock, instance, 'createJobInstance', { resource_id: 'another' })
    const states = (): string[] => mock.jobs.list('res:job-instance').map(({ rawState }) => rawState)
    expect(states()).toEqual(['CREATED', 'CREATED', 'CREATED'])
    await call(mock, instance, 'scheduleScene', { action: 'START' })
    expect(states()).toEqual(['RUNNING', 'RUNNING', 'CREATED'])
    await call(mock, instance, 'scheduleScene', { action: 'STOP' })
    expect(states()).toEqual(['CANCELED', 'CANCELED', 'CREATED'])
  })
})
