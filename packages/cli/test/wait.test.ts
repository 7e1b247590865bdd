import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { parseObjects } from './parse-output.ts'
import { startMock, submitExample } from './start-mock.ts'

test('exits with 0 if all jobs succeed, and prints every state change', async () => {
  const setup = await startMock({ clock: perPollClock() })
  const refs = [await submitExample(setup, 'submitSqlJob'), await submitExample(setup, 'submitSqlJob')]
  const { exitCode, stdout, stderr } = await setup.runOnMockClock(['wait', ...refs])
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  for (const ref of refs) expect(stderr).toMatch(new RegExp(`^✓ succeeded {2}${ref}`, 'm'))
})

test('exits with 1 if a job fails, and prints its state and the reason', async () => {
  const setup = await startMock({ clock: perPollClock(), scenario: 'fail' })
  const ref = await submitExample(setup, 'submitSqlJob')
  const { exitCode, stderr } = await setup.runOnMockClock(['wait', ref])
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(new RegExp(`^jobscope: ${ref} failed\\.$`, 'm'))
  // SQL jobs have a state for canceled jobs.
  expect(stderr).not.toContain('have the same state')
})

test('suggests the command that prints the log of a failed job, if jobs of this kind have logs', async () => {
  const setup = await startMock({ scenario: 'fail' })
  const ref = await submitExample(setup, 'createBatch')
  const { exitCode, stderr } = await setup.runOnMockClock(['wait', ref, '--endpoint', setup.mock.origin])
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(new RegExp(`^jobscope: ${ref} failed \\(raw state: dead\\)\\.$`, 'm'))
  // Failed batches and canceled batches have the same state, so only the user knows whether the batch was canceled.
  expect(stderr).toContain('  The job may have been canceled: canceled jobs of this kind have the same state.\n')
  expect(stderr).toContain(`  Log: jobscope logs ${ref} --endpoint ${setup.mock.origin}\n`)
})

test('exits with 5 if the jobs have not ended before the timeout, but does not cancel the jobs', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  const { exitCode, stderr } = await setup.runOnMockClock(['wait', ref, '--timeout', '5h'])
  expect(exitCode).toBe(5)
  expect(stderr).toMatch(
    new RegExp(`^jobscope: wait: job ${ref} is still in state \\w+ after 5h\\. Unfinished jobs continue\\.$`, 'm'),
  )
  expect(setup.mock.jobs.get(ref)?.finishedAt).toBeUndefined()
})

test('after Ctrl-C, exits with 130 and prints how to resume, but does not cancel the job', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  const args = ['wait', ref, '--interval', '10ms', '--endpoint', setup.mock.origin]
  const { exitCode, stderr } = await setup.run(args, {
    onOutput: (output, interrupt) => output.includes(ref) && interrupt(),
  })
  expect(exitCode).toBe(130)
  expect(stderr).toContain(
    `jobscope: Interrupted. The job continues. To resume, run: jobscope wait ${ref} --endpoint ${setup.mock.origin}\n`,
  )
  expect(setup.mock.requests.map(({ operation }) => operation)).not.toContain('cancelSqlJob')
})

test('--any waits only until the first job has ended', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const [running, finished] = [await submitExample(setup, 'submitSqlJob'), await submitExample(setup, 'submitSqlJob')]
  setup.mock.jobs.setScenario(finished, ['LAUNCHING', 'FINISHED'])
  const { exitCode, stdout } = await setup.runOnMockClock(['wait', running, finished, '--any', '--json'])
  expect(exitCode).toBe(0)
  expect(
    parseObjects(stdout)
      .filter(({ state }) => state === 'succeeded')
      .map(({ ref }) => ref),
  ).toEqual([finished])
})
