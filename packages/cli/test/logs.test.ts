import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { startMock, submitExample } from './start-mock.ts'

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
