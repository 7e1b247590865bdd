import { expect, test } from 'vitest'
import { startMock } from './start-mock.ts'

test('verify --dry-run prints the operations and sends nothing', async () => {
  const { mock, run } = await startMock({ services: ['dli'] })
  const { exitCode, stdout, stderr } = await run(['verify', '--service', 'dli', '--dry-run', '--max-requests', '9'])
  expect([exitCode, stderr]).toEqual([0, 'Sends at most 9 requests, 2 per second. Nothing was sent.\n'])
  expect(stdout).toMatch(/dli:batch +listBatches +GET +once +\/v2\.0\//)
  expect(stdout).not.toMatch(/POST|PUT|DELETE/)
  expect(mock.requests).toEqual([])
})

test('verify sends only GET requests, sends at most --max-requests of them, and finds drift', async () => {
  const { mock, run } = await startMock({
    services: ['dli'],
    seedJobs: 20,
    faults: [{ fault: 'unknown-state', on: 'listBatches' }],
  })
  const args = ['verify', '--service', 'dli', '--rate', '1000', '--max-requests', '4', '--json']
  const { exitCode, stdout, stderr } = await run(args)
  expect([exitCode, stderr]).toEqual([7, expect.stringContaining('Sent 4 requests.')])
  expect(JSON.parse(stdout)).toMatchObject({
    exchanges: 4,
    findings: expect.arrayContaining([
      expect.objectContaining({ rule: 'unknown-job-state', operation: 'listBatches' }),
    ]),
  })
  expect(mock.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET'])
})

test('verify exits with 0 if all responses fit the specs', async () => {
  const { run } = await startMock({ services: ['dli'], seedJobs: 5 })
  const { exitCode, stdout } = await run(['verify', '--service', 'dli', '--rate', '1000'])
  expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('error ')])
})
