import { perPollClock, virtualClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { main } from '../src/main.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { parseObjects } from './parse-output.ts'
import { runCommand } from './run-command.ts'
import { createFolder, type MockSetup, startMock, submitExample } from './start-mock.ts'
import { startServer } from './start-server.ts'

const createBatch = async ({ runOnMockClock }: MockSetup, name: string, queue = 'etl'): Promise<string> => {
  const input = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main', name, queue })
  return (await runOnMockClock(['submit', 'batch', '-'], input)).stdout.trim()
}

test('ls filters jobs by queue, field, owner and time, and sorts the jobs', async () => {
  const setup = await startMock({ clock: virtualClock(), services: ['dli'] })
  const refs = [await createBatch(setup, 'b'), await createBatch(setup, 'a'), await createBatch(setup, 'c', 'other')]
  const list = async (...args: string[]) => (await setup.run(['ls', '-o', 'name', ...args])).stdout.trim().split('\n')
  expect((await list('--queue', 'etl')).toSorted()).toEqual(refs.slice(0, 2).toSorted())
  expect(await list('--field-selector', 'queue_name=other')).toEqual([refs[2]])
  expect(await list('--queue', 'etl', '--sort', 'name')).toEqual([refs[1], refs[0]])
  expect(await list('--queue', 'etl', '--sort', '-name')).toEqual([refs[0], refs[1]])
  expect(await list('--owner', 'nobody')).toEqual([''])
  expect(await list('--until', '2000-01-01')).toEqual([''])
  expect(await list('--longer-than', '7d')).toEqual([''])
  expect((await setup.run(['ls', '--field-selector', 'queue_nam=x'])).stderr).toBe(
    'jobscope: Unknown field "queue_nam" in --field-selector. Did you mean queue_name?\n',
  )
  expect((await setup.run(['ls', '--queue', 'other'])).stdout).toMatch(/QUEUE\n.* other\n$/)
})

test('with filter options, cancel needs a confirmation, and cancels only jobs that match and have not ended', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const refs = [await createBatch(setup, 'b'), await createBatch(setup, 'a'), await createBatch(setup, 'c', 'other')]
  const asked = await setup.run(['cancel', '--queue', 'etl'])
  expect(asked).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /\njobscope: Cancel these 2 jobs\? Use --yes to confirm, or --dry-run to list them\.\n$/,
    ),
  })
  for (const ref of refs.slice(0, 2)) expect(asked.stderr).toMatch(new RegExp(`^\\S+ +${ref} `, 'm'))
  const listed = await setup.run(['cancel', '--queue', 'etl', '--dry-run'])
  expect(listed.stdout.trim().split('\n').toSorted()).toEqual(refs.slice(0, 2).toSorted())
  for (const args of [['--queue', 'etl'], refs.slice(0, 2)]) {
    const { stdout } = await setup.run(['cancel', ...args, '--dry-run', '--json'])
    const found = parseObjects(stdout).toSorted((a, b) => a.ref.localeCompare(b.ref))
    expect(found).toMatchObject(
      refs
        .slice(0, 2)
        .toSorted((a, b) => a.localeCompare(b))
        .map(ref => ({ ref, queue: 'etl' })),
    )
  }
  expect(setup.mock.requests.filter(({ operation }) => operation === 'cancelBatch')).toEqual([])
  await setup.run(['cancel', '--queue', 'etl', '--yes'])
  expect(refs.map(ref => setup.mock.jobs.get(ref)?.state)).toEqual(['failed', 'failed', 'starting'])
  expect((await setup.run(['cancel', '--queue', 'etl', '--yes'])).stderr).toBe(
    'There are no matching jobs to cancel.\n',
  )
  expect(await setup.run(['cancel', '--yes'])).toMatchObject({ exitCode: 2 })
})

test('cancel --wait reports a batch as canceled, although its service reports it as failed', async () => {
  const setup = await startMock({ clock: perPollClock(), services: ['dli'] })
  const ref = await createBatch(setup, 'a')
  const { exitCode, stdout, stderr } = await setup.runOnMockClock(['cancel', ref, '--wait', '--json'])
  expect({ exitCode, state: parseObjects(stdout)[0]?.state }).toEqual({ exitCode: 0, state: 'canceled' })
  expect(stderr).toBe('')
  const other = await createBatch(setup, 'b')
  const waited = await setup.runOnMockClock(['cancel', other, '--wait'])
  expect(waited).toEqual({ exitCode: 0, stdout: '', stderr: expect.stringContaining(`⊘ canceled   ${other}`) })
  // The output has one line per state. A canceled job has not failed, so the output has neither a reason nor a log.
  for (const line of waited.stderr.trimEnd().split('\n')) expect(line).toMatch(new RegExp(`^\\S \\w+ +${other}`))
})

test('--dry-run of submit and retry prints the request in the selected format', async () => {
  const setup = await startMock({ services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  const input = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main' })
  const submitted = await setup.run(['submit', 'batch', '-', '--dry-run', '--json'], { input })
  expect(parseObjects(submitted.stdout)).toMatchObject([
    { dryRun: true, operation: 'dli.createBatch', body: { className: 'Main' } },
  ])
  const retried = await setup.run(['retry', ref, '--dry-run', '--json'])
  expect(parseObjects(retried.stdout)).toMatchObject([
    { dryRun: true, retryOf: ref, operation: 'dli.createBatch', body: { name: 'nightly' } },
  ])
  expect(setup.mock.jobs.list()).toHaveLength(1)
})

test('retry creates a job from the request that the service shows', async () => {
  const setup = await startMock({ services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  const dryRun = await setup.run(['retry', 'nightly', '--dry-run'])
  expect(dryRun.stdout).toBe(
    `# ${ref}: createBatch would be called with this request. Nothing was sent.\nfile: obs://bucket/job.jar\nclassName: Main\nname: nightly\nqueue: etl\n`,
  )
  expect(await setup.run(['retry', ref])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /has not failed \(starting\)\.\n.*Retry this job\? Use --yes to confirm, or --dry-run to print the request\.\n$/s,
    ),
  })
  const { stdout } = await setup.run(['retry', ref, '--yes'])
  expect(setup.mock.requests.filter(({ operation }) => operation === 'createBatch')).toHaveLength(2)
  const readRequest = async (text: string) =>
    (JSON.parse((await setup.run(['describe', text, '--json'])).stdout) as { request: unknown }).request
  expect(await readRequest(stdout.trim())).toEqual(await readRequest(ref))
  expect(stdout.trim()).not.toBe(ref)
  expect(setup.mock.jobs.get(stdout.trim())?.state).toBe('starting')
})

test('retry starts a job again if the service supports this, and explains --file if the service shows no request', async () => {
  const setup = await startMock({ seedJobs: 20 })
  const flinkJob = setup.mock.jobs.list('dli:flink-job')[0]?.ref as string
  await setup.run(['cancel', flinkJob])
  const { exitCode } = await setup.run(['retry', flinkJob, '--yes'])
  expect([exitCode === 0 || exitCode === 2, setup.mock.requests.at(-1)?.operation]).toEqual([true, 'runFlinkJobs'])
  const training = setup.mock.jobs.list('modelarts:training')[0]?.ref as string
  expect((await setup.run(['retry', training])).stderr).toMatch(
    /^jobscope: Cannot submit .* again: .* Pass the request body with --file <file>\. To print an example, run: jobscope submit modelarts:training --example\n$/,
  )
})

test('retry needs no confirmation for a failed job whose complete request the service shows', async () => {
  const setup = await startMock({ scenario: 'fail', services: ['dli'] })
  const batch = await createBatch(setup, 'nightly')
  const sqlJob = await submitExample(setup, 'submitSqlJob')
  setup.mock.clock.advance(3_600_000)
  expect(await setup.run(['retry', batch])).toMatchObject({ exitCode: 0, stderr: '' })
  const refused = await setup.run(['retry', batch, sqlJob])
  expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Retry this job?') })
  expect(refused.stderr).toContain('The new job lacks the settings')
  expect(refused.stderr).not.toContain(batch)
  expect((await setup.run(['retry', batch, sqlJob, '--yes'])).stdout.trim().split('\n')).toHaveLength(2)
})

test('describe prints the reason before the states, and the request at the end', async () => {
  const setup = await startMock({ scenario: 'fail', services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  setup.mock.clock.advance(3_600_000)
  const { stdout } = await setup.run(['describe', ref])
  expect(stdout.match(/^[A-Z]\w+( \w+)?$/gm)).toEqual(['Reason', 'States', 'Resources', 'Next commands', 'Request'])
})

test('on a terminal, describe shortens a long request so that the reason stays visible', async () => {
  const setup = await startMock({ scenario: 'fail', services: ['dli'] })
  const args = Array.from({ length: 40 }, (_, index) => `--table=orders_${index}`)
  const input = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main', name: 'nightly', args })
  const ref = (await setup.run(['submit', 'batch', '-'], { input })).stdout.trim()
  setup.mock.clock.advance(3_600_000)
  const env = { JOBSCOPE_ENDPOINT: setup.mock.origin }
  const describe = async (rows: number): Promise<string> => {
    const terminal = fakeTerminal({ columns: 80, rows })
    await main(['describe', ref], { ...terminal, env })
    return terminal.output
  }
  const complete = await describe(200)
  expect(complete).toContain('--table=orders_39')
  const short = await describe(24)
  expect(short).toMatch(/… \d+ more lines\. Use -o yaml to show the whole request\.\n$/)
  const [head = '', shownRequest = ''] = short.split('Request\n')
  const [completeHead, completeRequest = ''] = complete.split('Request\n')
  expect(completeHead).toBe(head)
  const shownLines = shownRequest.trimEnd().split('\n').slice(0, -1)
  expect(shownLines.length).toBeGreaterThanOrEqual(5)
  expect(completeRequest.startsWith(shownLines.join('\n'))).toBe(true)
  const omittedCount = completeRequest.trimEnd().split('\n').length - shownLines.length
  expect(short).toContain(`… ${omittedCount} more lines.`)
  const { stdout } = await setup.run(['describe', ref, '-o', 'yaml'])
  expect(stdout).toContain('--table=orders_39')
})

test('the error about an ambiguous name shows the state and the age of each job with this name', async () => {
  const setup = await startMock({ services: ['dli'] })
  for (const queue of ['etl', 'other']) await createBatch(setup, 'nightly', queue)
  const { exitCode, stderr } = await setup.run(['get', 'nightly'])
  expect(exitCode).toBe(2)
  const job = 'dli:batch:\\S+ \\(starting, [^()]+\\)'
  expect(stderr).toMatch(new RegExp(`^jobscope: "nightly" matches 2 jobs\\. Use one of: ${job}, ${job}\\.\\n$`))
})

test('get lists the jobs of a service, and describe suggests the ls command that lists these jobs', async () => {
  const setup = await startMock()
  const ref = await createBatch(setup, 'nightly')
  for (const text of ['dli', 'all']) expect((await setup.run(['get', text, '-o', 'name'])).stdout).toContain(`${ref}\n`)
  for (const [text, hint] of [
    ['dli', 'jobscope ls --service dli'],
    ['jobs', 'jobscope ls --all'],
    ['batches', 'jobscope ls --kind dli:batch'],
  ] as const) {
    const { exitCode, stderr } = await setup.run(['describe', text])
    expect(exitCode).toBe(6)
    expect(stderr.endsWith(`To list the jobs, run: ${hint}\n`)).toBe(true)
  }
})

test('on a terminal, retry prints the command that watches the new job', async () => {
  const setup = await startMock({ services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  const terminal = fakeTerminal({ columns: 200 })
  await main(['retry', ref, '--yes'], { ...terminal, env: { JOBSCOPE_ENDPOINT: setup.mock.origin } })
  expect(terminal.output).toMatch(/^✓ Submitted again as: (\S+)\n {2}To follow it, run: jobscope watch \1\n$/)
})

test('prints a note if a JSONPath expression expects a list but the result is one job', async () => {
  const setup = await startMock({ services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  const { stderr } = await setup.run(['get', ref, '-o', 'jsonpath={.items[0].state}'])
  expect(stderr).toContain("The value is one object: use, for example, -o 'jsonpath={.state}'.")
})

test('--field-selector rejects a state that is not a state of the service', async () => {
  const setup = await startMock({ services: ['dli'] })
  for (const name of ['state', 'status']) {
    expect(await setup.run(['ls', '--field-selector', `${name}=failed`])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Use --state failed instead\.\n$/),
    })
  }
  const ref = await createBatch(setup, 'a')
  const found = await setup.run(['ls', '--kind', 'batch', '--field-selector', 'state=starting', '-o', 'name'])
  expect(found.stdout).toBe(`${ref}\n`)
})

test('stop --savepoint and restore call the operations that the spec declares, and reject jobs of other kinds', async () => {
  const bodies: string[] = []
  const endpoint = await startServer((request, response) => {
    request.on('data', chunk => bodies.push(`${request.url?.split('/').at(-1)} ${chunk}`))
    const answer =
      request.method === 'GET'
        ? '{"is_success":"true","job_detail":{"job_id":148,"status":"job_running"}}'
        : '[{"is_success":"true","message":""}]'
    request.on('end', () => response.end(answer))
  })
  for (const args of [['stop', '--savepoint'], ['restore']]) {
    const { stdout } = await runCommand([...args, 'dli:flink-job:148', '--endpoint', endpoint])
    expect(stdout).toBe('dli:flink-job:148\n')
  }
  expect(bodies).toEqual([
    'stop {"job_ids":[148],"trigger_savepoint":true}',
    'run {"job_ids":[148],"resume_savepoint":true}',
  ])
  const batch = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
  expect(await runCommand(['stop', batch, '--savepoint', '--endpoint', endpoint])).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: Jobs of kind dli:batch have no savepoints. Omit --savepoint.\n',
  })
})

test('delete needs a confirmation', async () => {
  const setup = await startMock({ seedJobs: 20 })
  const ref = setup.mock.jobs.list('dli:flink-job')[0]?.ref as string
  expect((await setup.run(['delete', ref])).exitCode).toBe(2)
  expect(setup.mock.jobs.get(ref)).toBeDefined()
  expect(await setup.run(['delete', ref, '--yes'])).toMatchObject({ exitCode: 0, stdout: `${ref}\n` })
  expect(setup.mock.requests.at(-1)?.operation).toBe('deleteFlinkJob')
})

test('submit --follow prints the log to standard error, and then runs the --exec command and calls the --notify webhook', async () => {
  const setup = await startMock({ clock: perPollClock(), services: ['dli'] })
  const bodies: string[] = []
  const hook = await startServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(body)
      response.end('{}')
    })
  })
  const cwd = createFolder({ 'job.yaml': 'file: obs://bucket/job.jar\nclassName: Main\nname: nightly\n' })
  const args = ['submit', 'batch', 'job.yaml', '--follow', '--interval', '1ms', '--json', '--notify', hook]
  const { exitCode, stdout, stderr } = await setup.run(
    [...args, '--exec', 'echo "hook: $JOBSCOPE_NAME $JOBSCOPE_STATE"'],
    { cwd },
  )
  expect(exitCode).toBe(0)
  expect(parseObjects(stdout)).toMatchObject([{ kind: 'batch', state: 'succeeded' }])
  expect(stderr).toContain('stdout:')
  expect(stderr).toContain('hook: nightly succeeded\n')
  expect(bodies.map(body => JSON.parse(body) as unknown)).toMatchObject([
    { text: 'nightly succeeded', job: { state: 'succeeded' } },
  ])
})

test('wait --cancel-on-timeout cancels the jobs', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const ref = await createBatch(setup, 'a')
  const { exitCode, stderr } = await setup.run(['wait', ref, '--timeout', '1ms', '--cancel-on-timeout'])
  expect(exitCode).toBe(5)
  expect(stderr).toMatch(new RegExp(`^jobscope: wait: [^\\n]* 1ms\\. Cancellation requested: ${ref}\n$`))
  expect(setup.mock.jobs.get(ref)?.state).toBe('failed')
})

test('describe prints the states of a job, the request and useful next commands, but no empty reason', async () => {
  const setup = await startMock({ services: ['dli'] })
  const ref = await createBatch(setup, 'nightly')
  const { stdout } = await setup.run(['describe', ref])
  for (const text of ['queue    etl', 'States\n  ◌ starting  ']) {
    expect(stdout).toContain(text)
  }
  // The service sends a reason that consists only of labels without content.
  expect(stdout).not.toContain('Reason\n')
  expect(stdout).toContain(
    `Next commands\n  jobscope logs ${ref}\n  jobscope watch ${ref}\n  jobscope cancel ${ref}\n\nRequest\n  file: obs://bucket/job.jar\n`,
  )
  const [value] = parseObjects((await setup.run(['describe', ref, '--json'])).stdout)
  expect(value).toMatchObject({ ref, request: { className: 'Main', name: 'nightly' } })
})

test('events and metrics print what the service returns, or list the kinds of jobs that support the command', async () => {
  const setup = await startMock({ seedJobs: 20 })
  const training = setup.mock.jobs.list('modelarts:training')[0]?.ref as string
  const { stdout } = await setup.run(['events', training])
  expect(stdout).toMatch(/^TIME +LEVEL +MESSAGE\n\d{4}-\d\d-\d\dT/)
  const flinkJob = setup.mock.jobs.list('dli:flink-job')[0]?.ref as string
  expect((await setup.run(['metrics', flinkJob])).stdout).toMatch(/^metrics\.total_read_rate +\d+$/m)
  expect((await setup.run(['events', flinkJob])).stderr).toMatch(
    /^jobscope: Jobs of kind dli:flink-job have no events\. These kinds have: modelarts:training\.\n$/,
  )
})

test('with several jobs, logs prints a prefix before each line, and --tail and --grep select lines', async () => {
  const setup = await startMock({ services: ['dli'] })
  const refs = [await createBatch(setup, 'a'), await createBatch(setup, 'b')]
  const { stdout } = await setup.run(['logs', ...refs, '--tail', '1'])
  expect(
    stdout
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('  ')[0]),
  ).toEqual(refs.map(ref => ref.slice(0, 18)))
  const filtered = await setup.run(['logs', refs[0] as string, '--grep', '^yarn', '-i'])
  expect(filtered.stdout).toMatch(/^YARN .*\n$/)
})
