import type { Clock } from '@jobscope/core'
import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { runInProcess } from './run-in-process.ts'
import { startMock, submitExample } from './start-mock.ts'
import { startServer } from './start-server.ts'

test('prints the log lines that the service returns, and says which part of the log the service returns', async () => {
  const setup = await startMock()
  const ref = await submitExample(setup, 'createBatch')
  const { exitCode, stdout, stderr } = await setup.run(['logs', ref])
  expect(exitCode).toBe(0)
  const response = await setup.run(['api', 'getBatch', `batch_id=${ref.split(':')[2]}`])
  const { log } = JSON.parse(response.stdout) as { log: string[] }
  expect(stdout).toBe(log.map(line => `${line}\n`).join(''))
  expect(stderr).toMatch(/^Only the last 10 lines are available\.\nAll lines: .*\n$/)
  // The printed command works.
  const [, command = ''] = /All lines: jobscope (api dli\.getBatchLog .*)\n/.exec(stderr) ?? []
  expect(await setup.run(command.split(' '))).toMatchObject({ exitCode: 0, stderr: '' })
})

test('to read the log of a batch, calls no operation that the vendor has deprecated', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const ref = await submitExample(setup, 'createBatch')
  await setup.runOnMockClock(['logs', ref, '--follow'])
  expect(setup.mock.requests.map(({ operation }) => operation)).not.toContain('getBatchLog')
})

test('--follow prints lines until the job has ended', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const ref = await submitExample(setup, 'createBatch')
  const { exitCode, stdout } = await setup.runOnMockClock(['logs', ref, '--follow', '--json'])
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toHaveProperty('text')
})

test('exits with 2 for a kind of job that has no logs', async () => {
  const { run } = await startMock()
  expect(await run(['logs', 'cs:job:1'])).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: Jobs of kind cs:job have no logs.\n',
  })
})

const ref = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
/** A clock whose pauses take no time. */
const clock: Clock = { now: Date.now, sleep: async () => {} }

/** Starts a server with one batch. Its log gets one line with each request, and each response has the last 10 lines. */
async function startGrowingLog(requestCount: number) {
  let count = 0
  const origin = await startServer((request, response) => {
    count++
    const all = Array.from({ length: 20 + count }, (_, index) => `line ${index + 1}`)
    const state = count < requestCount ? 'running' : 'success'
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: request.url?.split('/').at(-1), state, log: all.slice(-10) }))
  })
  return { env: { JOBSCOPE_ENDPOINT: origin, OS_TOKEN: 't' } }
}

test.each([[[]], [['--grep', 'line']]])(
  'with %j, --tail and --follow print the last lines of the first poll, and then every new line once',
  async options => {
    const { env } = await startGrowingLog(12)
    const { exitCode, stdout } = await runInProcess(['logs', ref, '--tail', '3', '--follow', ...options], {
      env,
      clock,
    })
    const numbers = stdout
      .trim()
      .split('\n')
      .map(line => Number(line.replace('line ', '')))
    expect(exitCode).toBe(0)
    const [first = 0] = numbers
    expect(first).toBe(20)
    expect(numbers).toEqual(numbers.map((_, index) => first + index))
    expect(numbers.at(-1)).toBeGreaterThanOrEqual(32)
  },
)

test.each([[[]], [['--follow']]])('with %j, --since says that a log has no times', async options => {
  const { env } = await startGrowingLog(3)
  const { exitCode, stdout, stderr } = await runInProcess(['logs', ref, '--since', '1h', ...options], { env, clock })
  expect([exitCode, stdout]).toEqual([0, ''])
  expect(stderr.match(/have no date and time at their beginning, so --since selects none of them/g)).toHaveLength(1)
})
