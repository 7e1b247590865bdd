import { expect, test } from 'vitest'
import { runCommand, startCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

test('verify --dry-run prints the operations and sends nothing', async () => {
  const { mock, run } = await startMock({ services: ['dli'] })
  const { exitCode, stdout, stderr } = await run(['verify', '--service', 'dli', '--dry-run', '--max-requests', '9'])
  expect([exitCode, stderr]).toEqual([
    0,
    'The command would send at most 9 requests, 2 per second. Nothing was sent.\n',
  ])
  expect(stdout).toMatch(/dli:batch +listBatches +GET +once +\/v2\.0\//)
  expect(stdout).not.toMatch(/POST|PUT|DELETE/)
  expect(mock.requests).toEqual([])
})

test('verify --dry-run --json prints the operations as one JSON document', async () => {
  const { run } = await startMock({ services: ['dli'] })
  const { stdout } = await run(['verify', '--service', 'dli', '--dry-run', '--json'])
  expect(JSON.parse(stdout)).toEqual({
    dryRun: true,
    operations: expect.arrayContaining([
      expect.objectContaining({ service: 'dli', kind: 'batch', operation: 'listBatches', method: 'GET' }),
    ]),
  })
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

const args = ['verify', '--service', 'dli', '--rate', '100000']
const env = (origin: string) => ({ JOBSCOPE_ENDPOINT: origin, OS_TOKEN: 't', OS_PROJECT_ID: 'p' })

test.each([
  ['every request is rejected with 401', 3, () => startJsonServer({ error_code: 'APIG.0301', error_msg: 'x' }, 401)],
  ['every response is cut', 4, () => startServer((_, response) => response.destroy())],
  ['the service is unreachable', 4, async () => 'http://127.0.0.1:1'],
])('if %s, verify reports the failed requests and does not exit with 0', async (_, exitCode, start) => {
  const origin = await start()
  const text = await runCommand(args, { env: env(origin) })
  expect([text.exitCode, text.stdout]).toEqual([exitCode, expect.stringMatching(/\d+ requests failed\./)])
  expect(text.stdout).toContain('dli.listBatches: the request failed: ')
  const { stdout } = await runCommand([...args, '--format', 'junit'], { env: env(origin) })
  expect(stdout).toMatch(/<testsuites name="jobscope check" tests="(\d+)" failures="0" errors="\1"/)
})

test('after Ctrl-C, verify prints a report of the exchanges that it has checked', async () => {
  let stop = () => {}
  let requests = 0
  const origin = await startServer((_, response) => {
    // The second request gets no response.
    if (++requests > 1) return stop()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"from":0,"total":0,"sessions":[]}')
  })
  const { child, result } = startCommand(args, { env: env(origin) })
  stop = () => child.kill('SIGINT')
  const { exitCode, stdout, stderr } = await result
  expect([exitCode, stdout]).toEqual([130, expect.stringContaining('1 exchange checked')])
  expect(stderr).toContain('The report contains what was checked.')
})

test('verify accepts less than one request per second', async () => {
  const { run } = await startMock({ services: ['dli'] })
  const { exitCode, stderr } = await run(['verify', '--service', 'dli', '--dry-run', '--rate', '0.5'])
  expect([exitCode, stderr]).toEqual([
    0,
    'The command would send at most 50 requests, 0.5 per second. Nothing was sent.\n',
  ])
})
