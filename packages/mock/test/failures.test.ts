import { readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../src/index.ts'
import { bundles, operations } from './spec-operations.ts'
import { createRequest } from './spec-requests.ts'

/** Tests what the specs declare about a job that failed (`simulation.failure`). Nothing here depends on a specific service. */

const kinds = [...bundles].flatMap(([service, bundle]) =>
  Object.entries(bundle['x-jobs'] ?? {}).map(([name, rules]) => ({ service, ref: `${service}:${name}`, rules })),
)

type Kind = (typeof kinds)[number]

async function startMock(options: MockOptions): Promise<Mock> {
  const mock = await createMock(options)
  onTestFinished(() => mock.close())
  return mock
}

async function call(mock: Mock, { service }: Kind, id: string, key: object): Promise<unknown> {
  const operation = operations.get(`${service}.${id}`)
  if (!operation) throw new Error(`There is no operation ${id}.`)
  const response = await fetch(createRequest(mock.url(service), operation, { ...key }))
  const body = await response.text()
  expect([id, response.status, body]).toEqual([id, expect.toSatisfy(status => status < 300), body])
  return JSON.parse(body)
}

const getJob = async (mock: Mock, kind: Kind, key: object): Promise<unknown> => {
  const { get } = kind.rules.operations
  return readPointer(await call(mock, kind, get.operation, key), get.at)
}

/** Starts a mock of the service of a kind, with a job of this kind that follows a scenario to its end. */
async function runJob({ service, ref }: Kind, scenario: 'run' | 'fail' | 'cancel') {
  const mock = await startMock({ services: [service], seedJobs: 10 })
  const [job] = mock.jobs.list(ref)
  mock.jobs.setScenario(job?.ref ?? '', scenario)
  mock.clock.advance(30 * 86_400_000)
  return { mock, key: job?.key ?? {}, state: mock.jobs.get(job?.ref ?? '')?.state }
}

const withReason = kinds.filter(({ rules }) => rules.fields.reason !== undefined)
const withFailure = kinds.filter(({ rules }) => rules.simulation?.failure)

test('the spec declares simulation.failure for every kind whose jobs have a failure reason or a log', () => {
  const withLog = kinds.filter(({ rules }) => rules.operations.logs)
  expect(withFailure.map(({ ref }) => ref)).toEqual(expect.arrayContaining([...withReason, ...withLog].map(k => k.ref)))
})

describe.each(withFailure.map(kind => [kind.ref, kind] as const))('%s', (_, kind) => {
  const { job: values = {}, responses = {} } = kind.rules.simulation?.failure ?? {}

  test('a failed job and its log have the values that the spec declares', async () => {
    const { mock, key, state } = await runJob(kind, 'fail')
    expect(state).toBe('failed')
    const job = await getJob(mock, kind, key)
    for (const [pointer, value] of Object.entries(values)) expect(readPointer(job, pointer)).toEqual(value)
    for (const [operation, declared] of Object.entries(responses)) {
      const body = await call(mock, kind, operation, key)
      for (const [pointer, value] of Object.entries(declared)) expect(readPointer(body, pointer)).toEqual(value)
    }
  })

  test.each(['run', 'cancel'] as const)(
    'a job of the scenario %s does not have the declared values',
    async scenario => {
      const { mock, key } = await runJob(kind, scenario)
      const job = await getJob(mock, kind, key)
      for (const [pointer, value] of Object.entries(values)) expect(readPointer(job, pointer)).not.toEqual(value)
      for (const [operation, declared] of Object.entries(responses)) {
        const body = await call(mock, kind, operation, key)
        for (const [pointer, value] of Object.entries(declared)) expect(readPointer(body, pointer)).not.toEqual(value)
      }
    },
  )
})

test.each(withReason.map(kind => [kind.ref, kind] as const))(
  'seeded jobs of %s that failed have a reason',
  async (ref, kind) => {
    const mock = await startMock({ services: [kind.service], seedJobs: 200 })
    const failed = mock.jobs.list(ref).filter(({ state }) => state === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    const { reason = '' } = kind.rules.fields
    const declared = kind.rules.simulation?.failure?.job?.[reason]
    const reasons = await Promise.all(failed.map(async ({ key }) => readPointer(await getJob(mock, kind, key), reason)))
    expect(reasons).toEqual(failed.map(() => declared))
  },
)

describe('a batch', () => {
  const batch = kinds.find(({ ref }) => ref === 'dli:batch') as Kind

  test('a canceled batch has no failure reason, although it has the state of a failed batch', async () => {
    const mock = await startMock({ services: ['dli'], seedJobs: 10 })
    const [job] = mock.jobs.list(batch.ref)
    mock.jobs.setScenario(job?.ref ?? '', 'hang')
    await call(mock, batch, 'cancelBatch', job?.key ?? {})
    expect(await getJob(mock, batch, job?.key ?? {})).toMatchObject({
      state: 'dead',
      log: ['stdout: ', 'stderr: ', 'YARN Diagnostics: '],
    })
  })

  test('a failed batch has the declared reason in the list', async () => {
    const { mock, key } = await runJob(batch, 'fail')
    const { sessions } = (await call(mock, batch, 'listBatches', {})) as { sessions: { id: string; log: unknown }[] }
    expect(sessions.find(({ id }) => id === Object.values(key)[0])?.log).toEqual(
      batch.rules.simulation?.failure?.job?.['/log'],
    )
  })
})

test('false-success is sent with the first success status that the spec documents', async () => {
  const mock = await startMock({ faults: 'false-success' })
  const statuses = new Set<string>()
  for (const [name, operation] of operations) {
    const [service = ''] = name.split('.')
    const before = mock.requests.length
    const { status } = await fetch(createRequest(mock.url(service), operation))
    if (mock.requests[before]?.fault !== 'false-success') continue
    const documented = operation.responses.find(({ code }) => code.startsWith('2'))?.code ?? ''
    expect([name, `${status}`]).toEqual([name, documented])
    statuses.add(documented)
  }
  expect([...statuses]).toEqual(expect.arrayContaining(['200', '201', '202']))
})
