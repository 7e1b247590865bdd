import { controlCharacters } from '@jobscope/core/internal'
import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { jobFields } from '../src/jobs/job-fields.ts'
import { main } from '../src/main.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { parseObjects } from './parse-output.ts'
import { runCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

test('--json prints each job of each service exactly once, as one object per line', async () => {
  const { mock, run } = await startMock({ seedJobs: 60 })
  const args = ['ls', '--json', '--all', '--param', 'workspace_id=1', '--param', 'resource_id=2']
  const { exitCode, stdout } = await run(args)
  expect(exitCode).toBe(0)
  const refs = parseObjects(stdout).map(({ ref }) => ref)
  expect(new Set(refs).size).toBe(refs.length)
  expect(new Set(refs)).toEqual(
    new Set(
      mock.jobs
        .list()
        .map(({ ref }) => ref)
        .filter(ref => refs.includes(ref) || !ref.startsWith('res:job-instance')),
    ),
  )
})

test('filters jobs, and prints a note if more jobs match than --limit allows', async () => {
  const { run } = await startMock({ seedJobs: 60 })
  const filtered = await run(['ls', '--json', '--state', 'failed,canceled', '--service', 'dli,cs'])
  const failed = parseObjects(filtered.stdout)
  expect(failed.length).toBeGreaterThan(1)
  for (const { service, state } of failed) {
    expect(['dli', 'cs']).toContain(service)
    expect(['failed', 'canceled']).toContain(state)
  }
  const limited = await run(['ls', '--limit', '3', '--service', 'dli,cs'])
  expect(limited.stdout.trimEnd().split('\n')).toHaveLength(4)
  expect(limited.stderr).toBe('Only the newest 3 jobs are shown. Use --limit <count> or --all to see more.\n')
})

test('with --limit 1, the note about further jobs is in the singular', async () => {
  const { run } = await startMock({ seedJobs: 20 })
  const { stderr } = await run(['ls', '--limit', '1', '--service', 'dli'])
  expect(stderr).toBe('Only the newest job is shown. Use --limit <count> or --all to see more.\n')
})

test('prints which kinds of jobs require a parameter, and which option sets the parameter', async () => {
  const { run } = await startMock()
  const { exitCode, stderr } = await run(['ls'])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr:
      'Not listed: res:job-instance. To list it, use --param workspace_id=<value> --param resource_id=<value> (see jobscope api res.listJobInstances --describe).\n',
  })
  for (const args of [
    ['--kind', 'job-instance'],
    ['--kind', 'res:job-instance'],
    ['--service', 'res'],
  ]) {
    const requested = await run(['ls', ...args])
    expect(requested.exitCode).toBe(2)
    expect(requested.stderr).toMatch(
      /^jobscope: res:job-instance: workspace_id is missing.* Use --param workspace_id=<value> --param resource_id=<value>\.$/m,
    )
  }
})

test('reports responses that do not contain a list, and fails', async () => {
  const endpoint = await startJsonServer({
    is_success: true,
    total: 9,
    sessions: {},
    jobs: {},
    items: {},
    job_list: { jobs: {} },
  })
  const { exitCode, stdout, stderr } = await runCommand(['ls', '--service', 'dli', '--endpoint', endpoint])
  expect(stdout).toBe('')
  expect(exitCode).toBe(4)
  for (const kind of ['batch', 'sql-job', 'flink-job'])
    expect(stderr).toMatch(new RegExp(`^jobscope: .*dli:${kind}`, 'm'))
})

test('ls and get print a job whose times are out of range, but omit the times', async () => {
  const job = { id: 'a', state: 'running', name: 'odd', create_time: 9e15 }
  const endpoint = await startJsonServer({
    ...job,
    is_success: true,
    total: 1,
    sessions: [job, { ...job, id: 'b', create_time: 1e12 }],
  })
  const listed = await runCommand(['ls', '--kind', 'dli:batch', '--endpoint', endpoint])
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' })
  expect(listed.stdout).toMatch(/dli:batch:a {2}odd {3}-/)
  expect(listed.stdout).toContain('dli:batch:b')
  const shown = await runCommand(['get', 'dli:batch:a', '--endpoint', endpoint])
  expect(shown).toMatchObject({ exitCode: 0, stderr: '' })
  expect(shown.stdout).not.toContain('created')
})

test('exits with 3 if the permission is missing, and with 4 if the response is not JSON', async () => {
  const forbidden = await startJsonServer({ error_code: 'APIGW.0302', error_msg: 'Forbidden' }, 403)
  expect((await runCommand(['ls', '--kind', 'dli:batch', '--endpoint', forbidden])).exitCode).toBe(3)
  const html = await startServer((_, response) => void response.end('<html>'))
  expect((await runCommand(['ls', '--kind', 'dli:batch', '--endpoint', html])).exitCode).toBe(4)
})

test('reports a service that cannot be reached, lists the jobs of the other services, and exits with 4', async () => {
  const { mock, run } = await startMock({ seedJobs: 60 })
  const args = ['ls', '--endpoint', mock.origin, '--endpoint', 'cs=http://127.0.0.1:9/cs', '--json']
  const { exitCode, stdout, stderr } = await run(args)
  expect(exitCode).toBe(4)
  expect(new Set(parseObjects(stdout).map(({ service }) => service))).toEqual(new Set(['dli', 'modelarts', 'res']))
  expect(stderr.split('\n').filter(line => line.startsWith('jobscope: '))).toEqual([
    expect.stringMatching(/^jobscope: cs:job: .*ECONNREFUSED.* Check --endpoint, --region and the network\.$/),
  ])
})

test('prints colors into a pipe only with FORCE_COLOR', async () => {
  const { run } = await startMock({ seedJobs: 9 })
  expect((await run(['ls'])).stdout).not.toContain('\u001b')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b')
})

test('the JSON of ls, get, wait and watch contains the queue, and the text of get shows the queue', async () => {
  const setup = await startMock({ clock: perPollClock(), services: ['dli'] })
  const input = JSON.stringify({ file: 'obs://bucket/job.jar', className: 'Main', name: 'nightly', queue: 'etl' })
  const ref = (await setup.run(['submit', 'batch', '-'], { input })).stdout.trim()
  for (const args of [
    ['ls', '--name', 'nightly'],
    ['get', ref],
    ['wait', ref],
    ['describe', ref],
  ]) {
    const { stdout } = await setup.runOnMockClock([...args, '--json'])
    expect(parseObjects(stdout)).toMatchObject([{ ref, queue: 'etl' }])
  }
  const watched = await setup.runOnMockClock(['watch', ref, '--json'])
  expect(JSON.parse(watched.stdout)).toMatchObject({ job: { ref, queue: 'etl' } })
  expect((await setup.run(['ls', '--name', 'nightly', '-o', 'jsonpath={.items[*].queue}'])).stdout).toBe('etl\n')
  expect((await setup.run(['get', ref])).stdout).toMatch(/^queue +etl$/m)
})

test('the help of ls names all fields that ls --json prints', async () => {
  const { run } = await startMock({ seedJobs: 30 })
  const { stdout } = await run(['ls', '--json'])
  const found = new Set(parseObjects(stdout).flatMap(job => Object.keys(job)))
  const { stdout: help } = await run(['ls', '--help'])
  expect(jobFields).toEqual(expect.arrayContaining([...found]))
  expect(help.replace(/\s+/g, ' ')).toContain(jobFields.join(', '))
})

test('prints a note if an expression selects nothing although there are jobs', async () => {
  const { run } = await startMock({ seedJobs: 9, services: ['dli'] })
  const cases = [
    [['--query', 'name'], 'name', 'null\n', " The value is an array: use, for example, --query '[].name'."],
    [['--query', '[].nmae'], '[].nmae', '', ' Did you mean name?'],
    [['-o', 'jsonpath={.name}'], '{.name}', '', " The value is an array: use, for example, -o 'jsonpath={[*].name}'."],
    [['-o', 'jsonpath={.items[*].nmae}'], '{.items[*].nmae}', '', ' Did you mean name?'],
  ] as const
  for (const [args, expression, stdout, hint] of cases) {
    expect(await run(['ls', '--service', 'dli', ...args])).toEqual({
      exitCode: 0,
      stdout,
      stderr: expect.stringContaining(
        `jobscope: The expression ${expression} selects nothing of the 9 results.${hint} Fields: key, name, `,
      ),
    })
  }
  expect(await run(['ls', '--service', 'dli', '--name', 'no-such-job', '--query', 'name'])).toMatchObject({
    stderr: 'No matching jobs.\n',
  })
  const [name = ''] = (await run(['ls', '--service', 'dli', '-o', 'name', '--limit', '1'])).stdout.split('\n')
  expect((await run(['get', name, '--query', 'nmae'])).stderr).toMatch(
    /^jobscope: .* of the result\. Did you mean name\?/,
  )
  expect((await run(['get', name, '--query', 'reason'])).stderr).toBe('')
})

test('names the existing queues if --queue selects no jobs, and rejects kinds without queues', async () => {
  const { run } = await startMock({ seedJobs: 30 })
  const { stdout } = await run(['ls', '--all', '--query', '[].queue'])
  const queues = [...new Set(stdout.trimEnd().split('\n'))].toSorted()
  const { exitCode, stderr } = await run(['ls', '--queue', 'nosuch'])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `No matching jobs. Jobs that match the other options are on these queues: ${queues.join(', ')}.\n`,
  })
  expect(await run(['ls', '--queue', 'etl', '--kind', 'cs:job'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /^jobscope: --queue cannot match jobs of kind cs:job\. Kinds that can match: dli:batch, /,
    ),
  })
  expect((await run(['ls', '--field-selector', 'queue=etl'])).stderr).toBe(
    'jobscope: "queue" is not a field of --field-selector. Use --queue <names> instead.\n',
  )
})

test('names of queues and fields are printed without control characters in suggestions', async () => {
  const queue = 'nightly\u001b]0;title\u0007'
  const endpoint = await startJsonServer({
    is_success: true,
    from: 0,
    total: 1,
    sessions: [{ id: 'a', state: 'running', queue }],
    'notes\u001b[2J': [],
  })
  for (const [args, text] of [
    [['ls', '--kind', 'batch', '--queue', 'nightly]0;titl'], 'Did you mean nightly]0;title?'],
    [['api', 'listBatches', '--query', 'nothing'], ', notes[2J.\n'],
  ] as const) {
    const { stderr } = await runCommand([...args, '--endpoint', endpoint])
    expect(stderr).toContain(text)
    expect(stderr).not.toMatch(new RegExp(controlCharacters, 'u'))
  }
})

test('on a narrow terminal, says which columns are left out, but not in a pipe and not with --json or -o wide', async () => {
  const { mock } = await startMock({ seedJobs: 20, services: ['dli'] })
  const run = async (columns: number, ...args: string[]) => {
    const terminal = { ...fakeTerminal({ columns }), env: { JOBSCOPE_ENDPOINT: mock.origin } }
    const notes: string[] = []
    let output = ''
    await main(['ls', '--service', 'dli', ...args], {
      ...terminal,
      note: line => void notes.push(line),
      async print(text) {
        output += text
      },
    })
    return { notes: notes.filter(line => line.startsWith('Columns left out')), titles: output.split('\n')[0] ?? '' }
  }
  const narrow = await run(60)
  expect(narrow.notes).toEqual(['Columns left out: DURATION, QUEUE, OWNER. To show them, use -o wide.'])
  expect(narrow.titles).not.toContain('QUEUE')
  const wide = await run(60, '-o', 'wide')
  expect(wide.notes).toEqual([])
  for (const title of ['DURATION', 'QUEUE', 'OWNER']) expect(wide.titles).toContain(title)
  expect((await run(60, '--json')).notes).toEqual([])
  expect((await run(Number.POSITIVE_INFINITY)).notes).toEqual([])
})
