import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { startMock, submitExample } from './start-mock.ts'
import { startJsonServer } from './start-server.ts'

test('requests the cancellation and prints the references', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  setup.mock.clock.advance(10_000)
  expect(await setup.run(['cancel', ref])).toMatchObject({ exitCode: 0, stdout: `${ref}\n` })
  setup.mock.clock.advance(60_000)
  expect(setup.mock.jobs.get(ref)?.state).toBe('canceled')
})

test('reports a job if the service refuses its cancellation, even if the response is a list of results', async () => {
  const endpoint = await startJsonServer([{ is_success: 'false', message: 'The job has ended.' }])
  expect(await runCommand(['cancel', 'dli:flink-job:7', '--endpoint', endpoint])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^jobscope: stopFlinkJobs: .*The job has ended\. .*\n$/),
  })
})

test('prints the canonical spelling of a reference, without control characters', async () => {
  const endpoint = await startJsonServer({ msg: 'deleted' })
  const { stdout } = await runCommand([
    'cancel',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d8\u001b[2J',
    '--endpoint',
    endpoint,
  ])
  expect(stdout).toBe('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d8%1B%5B2J\n')
})
