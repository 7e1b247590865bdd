import { readFileSync } from 'node:fs'
import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { parseObjects } from './parse-output.ts'
import { runCommand } from './run-command.ts'
import { createFolder, startMock, submitExample } from './start-mock.ts'
import { startServer } from './start-server.ts'

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
    `jobscope: Interrupted. The job continues. To resume, run: jobscope wait ${ref} --interval 10ms --endpoint ${setup.mock.origin}\n`,
  )
  expect(setup.mock.requests.map(({ operation }) => operation)).not.toContain('cancelSqlJob')
})

test('waits for a streaming job until it is running, or with --until ended until it has ended', async () => {
  const setup = await startMock({ clock: perPollClock(), services: ['dli'] })
  const ref = await submitExample(setup, 'createFlinkSqlJob')
  setup.mock.jobs.setScenario(ref, ['job_submitting', 'job_running', 'job_running', 'job_finish'])
  const readStates = async (...args: string[]) => {
    const { exitCode, stderr } = await setup.runOnMockClock(['wait', ref, ...args])
    expect(exitCode).toBe(0)
    return [...stderr.matchAll(/^\S (\w+)/gm)].map(([, state]) => state)
  }
  expect((await readStates()).at(-1)).toBe('running')
  expect(await readStates('--until', 'ended')).toEqual(['running', 'succeeded'])
  const { exitCode, stderr } = await setup.run(['wait', ref, '--until', 'idle'])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('Allowed choices are ended, running.'),
  })
})

test.each([
  ['wait', '--until', 'ended'],
  ['cancel', '--wait'],
])('after Ctrl-C, the command that resumes %s %s also waits until the job has ended', async (command, ...options) => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const ref = await submitExample(setup, 'createFlinkSqlJob')
  setup.mock.jobs.setScenario(ref, ['job_running'])
  const { stderr } = await setup.run(
    [command, ref, ...options, '--interval', '10ms', '--endpoint', setup.mock.origin],
    {
      onOutput: (output, interrupt) => output.includes(ref) && interrupt(),
    },
  )
  expect(stderr).toContain(
    `To resume, run: jobscope wait ${ref} --until ended --interval 10ms --endpoint ${setup.mock.origin}\n`,
  )
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

test.each([
  ['recovers', ['running', 'dead', 'recovering', 'running', 'success'], 0, 'succeeded'],
  ['does not recover', ['running', 'dead'], 1, 'failed'],
])('runs --exec once if a failed batch %s', async (_, states, code, state) => {
  const setup = await startMock({ clock: perPollClock(), services: ['dli'] })
  const ref = await submitExample(setup, 'createBatch')
  setup.mock.jobs.setScenario(ref, states)
  const folder = createFolder({})
  const command = `echo "$JOBSCOPE_STATE" >> ${folder}/ended`
  const { exitCode, stderr } = await setup.runOnMockClock(['wait', ref, '--exec', command])
  expect(stderr).toMatch(/^✗ failed/m)
  expect(exitCode).toBe(code)
  expect(readFileSync(`${folder}/ended`, 'utf8')).toBe(`${state}\n`)
})

test('--exec runs for a job that has ended while the wait for other jobs continues', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const [running, finished] = [await submitExample(setup, 'submitSqlJob'), await submitExample(setup, 'submitSqlJob')]
  setup.mock.jobs.setScenario(finished, ['FINISHED'])
  const { exitCode, stderr } = await setup.run(
    ['wait', running, finished, '--interval', '100ms', '--exec', 'echo "hook: $JOBSCOPE_REF"'],
    { onOutput: (output, interrupt) => output.includes('hook: ') && interrupt() },
  )
  expect(exitCode).toBe(130)
  expect(stderr).toContain(`hook: ${finished}\n`)
  expect(stderr).toContain(`The job continues. To resume, run: jobscope wait ${running}`)
})

test('after Ctrl-C, names a batch that failed a moment ago as a job that continues, because it may recover', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const refs: string[] = []
  for (const state of ['dead', 'running', 'success']) {
    const ref = await submitExample(setup, 'createBatch')
    setup.mock.jobs.setScenario(ref, [state])
    refs.push(ref)
  }
  const { exitCode, stderr } = await setup.run(['wait', ...refs], {
    onOutput: (output, interrupt) => refs.every(ref => output.includes(ref)) && interrupt(),
  })
  expect(exitCode).toBe(130)
  expect(stderr).toContain(`Interrupted. 2 jobs continue. To resume, run: jobscope wait ${refs[0]} ${refs[1]}\n`)
})

test('--timeout limits the search for a name in a list that never ends', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const ref = await submitExample(setup, 'createBatch')
  let count = 0
  const canceled: string[] = []
  const endpoint = await startServer(({ method, url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (method === 'DELETE') canceled.push(url)
    const sessions = Array.from({ length: 100 }, () => ({ id: `batch-${count++}`, name: 'other', state: 'success' }))
    response.end(JSON.stringify({ from: 0, total: 1_000_000_000, sessions }))
  })
  const run = (...args: string[]) =>
    runCommand(['wait', ...args, '--timeout', '300ms', '--endpoint', `dli=${endpoint}`, '--region', 'eu-de'], {
      env: { OS_TOKEN: 't', OS_PROJECT_ID: 'p' },
    })
  expect(await run('batch:nightly')).toEqual({
    exitCode: 5,
    stdout: '',
    stderr:
      'jobscope: The search for the jobs was not finished after 300ms. Use a longer --timeout or complete references (service:kind:id).\n',
  })
  expect((await run('batch:nightly', '--cancel-on-timeout')).stderr).toMatch(/No job was canceled\.\n$/)
  const withRef = await run('batch:nightly', ref, '--cancel-on-timeout')
  expect(withRef.exitCode).toBe(5)
  expect(withRef.stderr).toMatch(new RegExp(` Cancellation requested: ${ref}\n$`))
  expect(canceled).toEqual([expect.stringContaining(ref.split(':')[2] as string)])
})

test('--timeout limits the search for the project', async () => {
  const endpoint = await startServer(() => {})
  const args = ['wait', 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', '--timeout', '300ms', '--region', 'eu-de']
  const { exitCode, stderr } = await runCommand([...args, '--endpoint', endpoint], {
    env: { OS_CLOUD: 'work' },
    cwd: createFolder({ 'clouds.yaml': 'clouds: { work: { region_name: eu-de, auth: { token: t } } }\n' }),
  })
  expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining('after 300ms') })
})
