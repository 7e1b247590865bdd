import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { startMock, submitExample } from './start-mock.ts'

test('prints the lines that the service returns', async () => {
  const setup = await startMock()
  const ref = await submitExample(setup, 'createBatch')
  const { exitCode, stdout } = await setup.run(['logs', ref])
  expect(exitCode).toBe(0)
  const response = await setup.run(['api', 'getBatchLog', `batch_id=${ref.split(':')[2]}`])
  expect(stdout.trimEnd().split('\n')).toEqual(
    (JSON.parse(response.stdout) as { log: string[] }).log.map(line => line.trimEnd()),
  )
})

test('--follow prints lines until the job has ended', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const ref = await submitExample(setup, 'createBatch')
  const { exitCode, stdout } = await setup.run(['logs', ref, '--follow', '--interval', '1ms', '--json'])
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
