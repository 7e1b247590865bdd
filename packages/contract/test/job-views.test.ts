import { token } from '@jobscope/core'
import { createMock } from '@jobscope/mock'
import { createModelArtsClient } from '@jobscope/modelarts'
import { listJobViews, readBundle, readPointer, services, writePointer } from '@jobscope/specs'
import { afterAll, expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { normalizeResult } from '../src/testing/normalize-result.ts'
import { replayFailures } from '../src/testing/replay-failures.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const lists = services.flatMap(service =>
  listJobViews(readBundle(service)).flatMap(view => (view.role === 'list' ? [{ service, ...view }] : [])),
)

test('the specs have several lists of the same kind of job', () => {
  expect(lists.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['listJobs', 'listClusterJobs', 'listTrainingJobs', 'listTrainingJobVersions']),
  )
})

test.each(lists)('reports an unknown state in a response of $operation ($service)', view => {
  const { service, operation, kind, at, spec } = view
  const example = listSpecExchanges(service).find(
    each => each.operation === operation && [readPointer(each.value, at)].flat()[0] !== undefined,
  )
  if (!example) throw new Error(`No example of ${operation} has a job`)
  const body = structuredClone(example.value) as { [name: string]: unknown }
  const [job] = readPointer(body, at) as { [name: string]: unknown }[]
  const unknown = typeof readPointer(job, spec.fields.state) === 'number' ? 777 : 'HALF_OPEN'
  writePointer(job ?? {}, spec.fields.state, unknown)
  const checker = createChecker({ services: [service] })
  const { request, response } = example.exchange
  checker.check({ request, response: { ...response, body: JSON.stringify(body) } })
  const { findings, coverage } = checker.getReport()
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'unknown-job-state', severity: 'error' }))
  expect(findings.filter(({ pointer }) => pointer.endsWith(spec.fields.state))).toHaveLength(1)
  const used = coverage[0]?.states.find(each => each.kind === kind)?.used
  expect(used).toContainEqual({ name: String(unknown).toLowerCase(), count: 1 })
})

test('normalizeResult replaces IDs in a list of the jobs of one cluster', () => {
  const body = JSON.stringify({ payload: { jobs: [{ job_id: 1_234_567, start_time: 1_700_000_000_000 }] } })
  const exchange = {
    service: 'cs',
    operation: 'listClusterJobs',
    request: { method: 'GET', url: 'http://127.0.0.1/' },
    response: { status: 200, body },
    violations: [],
  }
  expect(normalizeResult('job 1234567', [exchange])).toBe('job <ID 1>')
})

const mock = await createMock({ services: ['modelarts'], record: true })
afterAll(() => mock.close())

test('replayFailures replays the states in a list of the versions of one job', async () => {
  const endpoint = mock.url('modelarts')
  const client = createModelArtsClient({ endpoint, projectId: 'p', credentials: token('t'), retry: false })
  const { jobs = [] } = await client.listTrainingJobs()
  const [{ job_id } = { job_id: 0 }] = jobs
  const replays = await replayFailures(mock, () => client.listTrainingJobVersions({ job_id }))
  const states = replays.flatMap(({ state }) => state ?? [])
  expect(states.length).toBeGreaterThan(10)
  expect(states).toEqual([...new Set(states)])
})
