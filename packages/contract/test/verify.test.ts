import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock, type MockOptions } from '@jobscope/mock'
import { listOperations, readAllBundles, readBundle } from '@jobscope/specs'
import { expect, onTestFinished, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { createRecordingHooks } from '../src/record/recorder.ts'
import { planReads } from '../src/verify/plan-reads.ts'
import { type ReadingClient, type VerifyOptions, verifyLive } from '../src/verify/verify-live.ts'

const reads = planReads('dli', readBundle('dli'), ['project_id'])

async function verify(mockOptions: MockOptions, options: Partial<VerifyOptions> = {}) {
  const mock = await createMock({ services: ['dli'], seedJobs: 20, ...mockOptions })
  onTestFinished(() => mock.close())
  const checker = createChecker({ services: ['dli'] })
  const hooks = createRecordingHooks(new Map([['dli', readBundle('dli')]]), exchange => checker.check(exchange))
  const client = createDliClient({
    endpoint: mock.url('dli'),
    projectId: 'p',
    credentials: token('t'),
    retry: false,
    hooks,
  })
  const pauses: number[] = []
  const result = await verifyLive({
    reads,
    getClient: () => client as unknown as ReadingClient,
    sleep: async ms => void pauses.push(ms),
    ...options,
  })
  return { mock, result, pauses, report: checker.getReport() }
}

test('every plan contains only read-only operations', () => {
  for (const [service, bundle] of readAllBundles()) {
    const operations = new Map(
      listOperations(bundle).map(({ method, operation }) => [operation.operationId, { method, operation }]),
    )
    for (const { operation: id } of planReads(service, bundle, [
      'project_id',
      'workspace_id',
      'resource_id',
      'category',
    ])) {
      const { method, operation } = operations.get(id) ?? {}
      expect([id, method === 'get' || operation?.['x-retry'] === 'safe']).toEqual([id, true])
    }
  }
})

test('reads each list and the details of one of its jobs, and pauses between requests', async () => {
  const { mock, result, pauses, report } = await verify({})
  const called = mock.requests.map(({ operation }) => operation)
  expect(called).toContain('listBatches')
  expect(called).toContain('getBatch')
  expect(called).toContain('getFlinkJob')
  expect(new Set(mock.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  expect(report.exchanges).toBe(result.requests)
  expect(report.findings.filter(({ rule }) => rule !== 'deprecated-operation')).toEqual([])
  expect(pauses).toEqual(Array.from({ length: result.requests - 1 }, () => 500))
})

test('finds the drift of a service', async () => {
  const { report } = await verify({ faults: [{ fault: 'unknown-state', on: 'listFlinkJobs' }] })
  expect(
    report.findings.filter(({ severity }) => severity === 'error').map(({ rule, operation }) => [rule, operation]),
  ).toEqual([['unknown-job-state', 'listFlinkJobs']])
})

test('sends at most maxRequests requests, and lists the skipped operations', async () => {
  const { mock, result } = await verify({}, { maxRequests: 3 })
  expect([mock.requests.length, result.requests]).toEqual([3, 3])
  expect(result.skipped.length).toBe(reads.length - 3)
})

test('an operation that is not allowed in the state of the job does not count as failed', async () => {
  const errors: string[] = []
  const { mock, result } = await verify({ seedJobs: 5 }, { onError: ({ operation }) => errors.push(operation) })
  const sinks = mock.requests.find(({ operation }) => operation === 'listFlinkApigSinks')
  expect(sinks?.status).toBe(400)
  expect([errors, result.failed]).toEqual([[], 0])
})

test('continues with the other operations after a request has failed', async () => {
  const errors: string[] = []
  const { result } = await verify(
    { faults: [{ fault: 'error', on: 'listBatches' }] },
    { onError: ({ operation }) => errors.push(operation) },
  )
  expect(errors).toEqual(['listBatches'])
  expect(result.requests).toBeGreaterThan(2)
})
