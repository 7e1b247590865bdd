import { readFileSync } from 'node:fs'
import { perPollClock, virtualClock } from '@jobscope/mock'
import { expect, test, vi } from 'vitest'
import { runInProcess } from './run-in-process.ts'
import { createFolder, startMock, submitExample } from './start-mock.ts'
import { startServer } from './start-server.ts'

test('prints a line for each change if standard output is a pipe, and exits with 0 if all jobs succeed', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const ref = await submitExample(setup, 'submitSqlJob')
  const { exitCode, stdout, stderr } = await setup.runOnMockClock(['watch', ref])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}/gm
  expect(stdout.match(timestamp)).toHaveLength(stdout.trimEnd().split('\n').length)
  expect(stdout.replace(timestamp, '')).toMatch(
    new RegExp(`^${ref} {2}(queued|running)\n(.*\n)*${ref} {2}running → succeeded\n$`),
  )
})

test('exits with 1 if a job fails', async () => {
  const setup = await startMock({ clock: perPollClock(), scenario: 'fail' })
  const ref = await submitExample(setup, 'submitSqlJob')
  const { exitCode, stdout } = await setup.runOnMockClock(['watch', ref, '--json'])
  expect(exitCode).toBe(1)
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as object
  expect(last).toMatchObject({ type: 'ended', job: { ref, state: 'failed' } })
})

test('runs a command when a job has ended', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const ref = await submitExample(setup, 'submitSqlJob')
  const folder = createFolder({})
  const { exitCode } = await setup.runOnMockClock([
    'watch',
    ref,
    '--exec',
    `echo "$JOBSCOPE_REF $JOBSCOPE_STATE" >> ${folder}/ended`,
  ])
  expect(exitCode).toBe(0)
  expect(readFileSync(`${folder}/ended`, 'utf8')).toBe(`${ref} succeeded\n`)
})

test('watches existing and new jobs that match the filter, and after Ctrl-C prints how to resume', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const first = await submitExample(setup, 'submitSqlJob')
  let second: Promise<string> | undefined
  const args = ['watch', '--kind', 'dli:sql-job', '--interval', '10ms', '--endpoint', setup.mock.origin]
  const { exitCode, stdout, stderr } = await setup.run(args, {
    onOutput(output, interrupt) {
      if (output.includes(first)) second ??= submitExample(setup, 'submitSqlJob')
      void second?.then(ref => output.includes(ref) && interrupt())
      if (output.split('dli:sql-job:').length > 2) interrupt()
    },
  })
  expect(exitCode).toBe(130)
  expect(stdout).toContain(await second)
  expect(stderr).toBe(
    `jobscope: Interrupted. The jobs continue. To resume, run: jobscope watch --interval 10ms --kind dli:sql-job --endpoint ${setup.mock.origin}\n`,
  )
})

test('exits with 6 if a job does not exist', async () => {
  const { runOnMockClock } = await startMock({ strict: true, clock: virtualClock() })
  const { exitCode, stdout } = await runOnMockClock(['watch', 'dli:batch:00000000-0000-4000-8000-000000000000'])
  expect(exitCode).toBe(6)
  expect(stdout).toMatch(/ {2}not found: DLI\.0023 .*\n$/)
})

test.each([
  [
    [],
    'Not listed: res:job-instance. To list it, use --param workspace_id=<value> --param resource_id=<value> (see jobscope api res.listJobInstances --describe).\n',
  ],
  [['--queue', 'etl'], ''],
  [['--kind', 'batch'], ''],
])('watch and ls with %j use the same note about a missing parameter', async (args, note) => {
  const setup = await startMock({ scenario: 'hang' })
  const input = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main', queue: 'etl' })
  const ref = (await setup.run(['submit', 'batch', '-'], { input })).stdout.trim()
  const watched = await setup.run(['watch', ...args, '--interval', '100ms'], {
    onOutput: (output, interrupt) => output.includes(ref) && output.includes(note) && interrupt(),
  })
  expect(watched.stdout).not.toContain('workspace_id')
  expect(watched.stderr).toMatch(/jobscope: Interrupted\..*\n$/)
  expect(watched.stderr.replace(/jobscope: Interrupted\..*\n$/, '')).toBe(note)
  expect((await setup.run(['ls', ...args])).stderr).toBe(note)
})

test('--json reports once that a kind of job requires a parameter, although each poll fails', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const polls = () => setup.mock.requests.filter(({ operation }) => operation === 'listBatches').length
  // The requests of the mock show how often the watch has polled.
  const { stdout } = await setup.run(['watch', '--json', '--interval', '100ms'], {
    onOutput: (output, interrupt) => {
      if (!output.includes('workspace_id')) return
      void vi.waitUntil(() => polls() > 4, { timeout: 20_000, interval: 20 }).then(interrupt)
    },
  })
  expect(stdout.match(/"kind":"job-instance"/g)).toHaveLength(1)
})

const minute = 60_000

/** Starts a server whose list contains the batches that `list` returns for each poll. GETs of single batches fail with 404. */
const startBatchServer = (list: (poll: number) => readonly object[]) => {
  let poll = 0
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (/\/batches\/./.test(request.url ?? '')) {
      response.statusCode = 404
      return response.end(JSON.stringify({ error_code: 'DLI.0023', error_msg: 'The batch was not found.' }))
    }
    const sessions = list(poll++)
    return response.end(JSON.stringify({ from: 0, total: sessions.length, sessions }))
  })
}

const watchBatches = (endpoint: string, args: readonly string[]) =>
  runInProcess(['watch', '--kind', 'dli:batch', '--until-idle', '--json', ...args], {
    env: { JOBSCOPE_ENDPOINT: endpoint },
    clock: virtualClock(),
  })

const now = Date.parse('2026-11-22T12:00:00Z')
const etl = { id: 'a', name: 'first', queue: 'etl', owner: 'ann', create_time: now - 300 * minute }
const other = { id: 'b', name: 'second', queue: 'other', owner: 'bob', create_time: now - 10 * minute }

test.each([[['--queue', 'etl']], [['--owner', 'ann']], [['--until', '2h']], [['--field-selector', 'queue_name=etl']]])(
  'with %j, --until-idle does not wait for a running job that does not match',
  async args => {
    const endpoint = await startBatchServer(poll => [
      { ...etl, state: poll === 0 ? 'running' : 'success' },
      { ...other, state: 'running' },
    ])
    const { exitCode, stdout } = await watchBatches(endpoint, args)
    expect(exitCode).toBe(0)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { type: string; job: { ref: string } })
    expect(events.map(({ type, job }) => [type, job.ref])).toEqual([
      ['appeared', 'dli:batch:a'],
      ['ended', 'dli:batch:a'],
    ])
  },
)

test.each([
  [['--queue', 'etl']],
  [['--owner', 'ann']],
  [['--until', '2h']],
  [['--longer-than', '2h']],
  [['--field-selector', 'queue_name=etl']],
])('with %j, a job that does not match is not reported as missing after it was deleted', async args => {
  const endpoint = await startBatchServer(poll => [
    { ...etl, state: poll < 2 ? 'running' : 'success', duration: 300 * minute },
    ...(poll === 0 ? [{ ...other, state: 'running' }] : []),
  ])
  const { exitCode, stdout } = await watchBatches(endpoint, args)
  expect({ exitCode, isReported: stdout.includes('dli:batch:b') }).toEqual({ exitCode: 0, isReported: false })
})

test('--longer-than reports the end of a job that had not reached the duration when the watch began', async () => {
  const endpoint = await startBatchServer(poll => [
    { ...other, state: poll < 2 ? 'running' : 'success', duration: poll < 2 ? 10 * minute : 130 * minute },
  ])
  const { stdout } = await watchBatches(endpoint, ['--longer-than', '2h'])
  expect(JSON.parse(stdout)).toMatchObject({ type: 'ended', job: { ref: 'dli:batch:b' } })
})
