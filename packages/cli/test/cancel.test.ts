import { isTerminal, type JobState } from '@jobscope/core'
import { virtualClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'
import { startMock, submitExample } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

test('requests the cancellation and prints the references', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  setup.mock.clock.advance(10_000)
  expect(await setup.run(['cancel', ref])).toMatchObject({ exitCode: 0, stdout: `${ref}\n` })
  setup.mock.clock.advance(60_000)
  expect(setup.mock.jobs.get(ref)?.state).toBe('canceled')
})

const endedKinds = ['dli:sql-job', 'dli:batch', 'modelarts:training', 'cs:job'] as const

test.each(endedKinds)('sends no cancellation for a job of kind %s that has ended, and exits with 0', async kind => {
  const { mock, run } = await startMock({ seedJobs: 40 })
  const { ref = '', state = '' } = mock.jobs.list(kind).find(job => isTerminal(job.state as JobState)) ?? {}
  const countWrites = () => mock.requests.filter(({ method }) => method !== 'GET').length
  const stderr = `${ref} has already ended (${state}).\n`
  for (const args of [['cancel'], ['cancel', '--dry-run'], ['cancel', '--wait'], ['stop'], ['stop', '--dry-run']]) {
    expect(await run([...args, ref])).toEqual({ exitCode: 0, stdout: '', stderr })
  }
  const { stdout } = await run(['cancel', ref, '--json'])
  expect(JSON.parse(stdout)).toEqual({ ref, cancellationRequested: false, state })
  expect(countWrites()).toBe(0)
})

/** Starts a server with one Flink job. The server refuses to cancel the job. Each read of the job returns the next state. */
const startRefusingServer = (states: readonly string[]) => {
  const rest = [...states]
  return startServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    const job = () => ({ is_success: 'true', job_detail: { job_id: 7, status: rest.shift() } })
    const refusal = [{ is_success: 'false', message: 'The job has ended.' }]
    response.end(JSON.stringify(request.method === 'GET' ? job() : refusal))
  })
}

test('reports that a job has ended if it ends before the service receives the cancellation', async () => {
  const endpoint = await startRefusingServer(['job_running', 'job_finish'])
  expect(await runCommand(['cancel', 'dli:flink-job:7', '--endpoint', endpoint])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'dli:flink-job:7 has already ended (succeeded).\n',
  })
})

test('exits with 1 if the service refuses the cancellation in a list of results', async () => {
  const endpoint = await startRefusingServer(['job_running', 'job_running'])
  expect(await runCommand(['cancel', 'dli:flink-job:7', '--endpoint', endpoint])).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^jobscope: stopFlinkJobs: .*The job has ended\. .*\n$/),
  })
})

test.each([
  ['sends a cancellation for a batch that failed a few seconds ago, because the batch may recover', 5000, 1],
  ['sends no cancellation for a batch that failed hours ago', 7_200_000, 0],
])('%s', async (_, age, expectedCount) => {
  let count = 0
  const endpoint = await startServer((request, response) => {
    if (request.method === 'DELETE') count++
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ msg: 'deleted', state: 'dead', update_time: Date.now() - age }))
  })
  const args = ['dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', '--endpoint', endpoint]
  for (const command of ['cancel', 'stop']) {
    const { stderr } = await runCommand([command, ...args, '--dry-run'])
    expect([command, stderr.includes('has already ended')]).toEqual([command, expectedCount === 0])
  }
  expect(count).toBe(0)
  await runCommand(['cancel', ...args])
  expect(count).toBe(expectedCount)
})

test('prints the canonical spelling of a reference, without control characters', async () => {
  const endpoint = await startJsonServer({ msg: 'deleted', state: 'running' })
  const { stdout } = await runCommand([
    'cancel',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d8\u001b[2J',
    '--endpoint',
    endpoint,
  ])
  expect(stdout).toBe('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d8%1B%5B2J\n')
})

test('reports a list that cannot be read, and does not treat it as an empty list', async () => {
  const endpoint = await startServer((_, response) => {
    response.writeHead(403, { 'content-type': 'application/json' })
    response.end('{"error_code":"DLI.0003","error_msg":"The permission is missing."}')
  })
  for (const args of [
    ['cancel', '--kind', 'dli:batch', '--yes'],
    ['describe', 'dli:batch:00'],
  ]) {
    const { exitCode, stdout, stderr } = await runCommand([...args, '--endpoint', endpoint])
    expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 3, stdout: '' })
    expect(stderr).toContain('The permission is missing.')
    expect(stderr).not.toMatch(/no matching jobs|No job found/)
  }
})

test.each([
  ['cancel', ['--state', 'queued']],
  ['cancel', ['--queue', 'etl', '--dry-run']],
  ['watch', ['--name', 'nightly']],
  ['watch', ['--kind', 'cs:job']],
  ['watch', ['--since', '1d']],
])('%s rejects filter options %j for given jobs, and sends no request', async (command, options) => {
  const { mock, run } = await startMock({ seedJobs: 9 })
  const { exitCode, stdout, stderr } = await run([command, 'nightly', ...options])
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `jobscope: Filter options apply only to lists of jobs. Use jobscope ${command} either with references or with filter options.\n`,
  })
  expect(mock.requests).toEqual([])
})

/**
 * Runs `cancel --wait` for Flink jobs. The service accepts each cancellation. Each read of a job returns the next status of the job, or
 * refuses the request if the status is `refused`. The first read is before the cancellation.
 */
async function cancelAndWait(statuses: { readonly [id: string]: readonly string[] }) {
  const rest = new Map(Object.entries(statuses).map(([id, all]) => [id, [...all]]))
  let readCount = 0
  const endpoint = await startServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.method !== 'GET') return response.end(JSON.stringify([{ is_success: 'true', message: 'ok' }]))
    readCount++
    const [, id = ''] = /(\d+)$/.exec(request.url ?? '') ?? []
    const left = rest.get(id) ?? []
    const status = left.length > 1 ? left.shift() : left[0]
    if (status === 'refused') return response.end(JSON.stringify({ is_success: 'false', message: 'Try it elsewhere.' }))
    return response.end(JSON.stringify({ is_success: 'true', job_detail: { job_id: Number(id), status } }))
  })
  const refs = Object.keys(statuses).map(id => `dli:flink-job:${id}`)
  const result = await runInProcess(['cancel', ...refs, '--wait'], {
    env: { JOBSCOPE_ENDPOINT: endpoint },
    clock: virtualClock(),
  })
  return { ...result, readCount }
}

test('--wait waits until a streaming job has ended, although its kind does not end by itself', async () => {
  const { exitCode, stderr, readCount } = await cancelAndWait({
    7: ['job_running', 'job_running', 'job_running', 'job_cancel_success'],
  })
  expect({ exitCode, states: stderr.match(/\w+ed|running/g) }).toEqual({ exitCode: 0, states: ['running', 'canceled'] })
  // One read before the cancellation, and three polls.
  expect(readCount).toBe(4)
})

test('--wait exits with 1 and prints the error if the poll of one job fails after another job was canceled', async () => {
  const { exitCode, stderr } = await cancelAndWait({
    7: ['job_running', 'job_cancel_success'],
    8: ['job_running', 'job_running', 'job_running', 'refused'],
  })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('canceled   dli:flink-job:7')
  expect(stderr).toMatch(/^jobscope: .*Try it elsewhere\./m)
})

test('--wait exits with 1 and names the job if the service cannot cancel one of the jobs', async () => {
  const { exitCode, stderr } = await cancelAndWait({
    7: ['job_running', 'job_cancel_success'],
    8: ['job_running', 'job_cancel_fail'],
  })
  expect(exitCode).toBe(1)
  expect(stderr).toContain(
    'jobscope: dli:flink-job:8 is in state unknown, which it does not leave by itself (raw state: job_cancel_fail).\n',
  )
  expect(stderr).not.toContain('jobscope: dli:flink-job:7')
})
