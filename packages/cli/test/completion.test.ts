import { spawnSync } from 'node:child_process'
import { createMock, type Mock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { scripts } from '../src/completion/scripts.ts'
import { runProgram } from '../src/program/program.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'
import { startServer } from './start-server.ts'

const complete = async (...words: string[]) =>
  (await runCommand(['__complete', '--', ...words])).stdout
    .split('\n')
    .filter(Boolean)
    .map(line => line.split('\t')[0])

test.each([
  [['sta'], ['states']],
  [['ls', '--st'], ['--state']],
  [['ls', '--state', 'suc'], ['succeeded']],
  [
    ['states', 'modelarts:t'],
    ['modelarts:training', 'modelarts:training-version'],
  ],
  [['submit', 'createFlinkS'], ['createFlinkSqlJob']],
  [['api', 'getBatchL'], ['getBatchLog']],
  [['api', 'getBatch', 'b'], ['batch_id=']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['ls', '--cloud', 'otc', '--region', 'eu-d'], ['eu-de']],
  [
    ['ls', '--cloud', ''],
    ['huaweicloud', 'otc'],
  ],
  [
    ['--cloud', 'otc', 'ls', '-o', 'j'],
    ['json', 'jsonpath='],
  ],
  [['ls', '--kind', 'cs:'], ['cs:job']],
  [['ls', '--kind', 'cs:job', '--service', 'mod'], ['modelarts']],
  [['submit', 'dli:b'], ['dli:batch']],
  [['states', 'createB'], []],
  [['ls', '--limit', ''], []],
  [['ls', 'x'], []],
  [['__'], []],
  [['api', ''], expect.arrayContaining(['getBatch', 'listJobs'])],
  [['api', 'getBatch', 'batch_id=1', 'b'], ['batch_id=']],
  [['nonsense', ''], []],
])('completes %j to %j', async (words, expected) => {
  expect(await complete(...words)).toEqual(expected)
})

test.each([
  [['sta'], 'states\t'],
  [['ls', '--lon'], '--longer-than\tonly jobs that have run for more than this time'],
  [['ls', '--kind', 'cs:'], 'cs:job\tCS job'],
  [['submit', 'createB'], 'createBatch\tSpark batch job'],
  [['api', 'getBatchL'], 'getBatchLog\t'],
  [['api', 'getBatch', 'b'], 'batch_id=\tID of the batch.'],
  [['ls', '--region', 'eu-d'], 'eu-de\totc'],
])('the completions of %j have descriptions', async (words, line) => {
  const { stdout } = await runCommand(['__complete', '--', ...words])
  expect(stdout).toContain(line)
  expect(stdout).toMatch(/^\S+\t.+$/m)
})

test('completes only regions of the selected cloud', async () => {
  const all = await complete('ls', '--region', '')
  const otc = await complete('ls', '--cloud', 'otc', '--region', '')
  const huawei = await complete('ls', '--cloud', 'huaweicloud', '--region', '')
  expect(otc).toContain('eu-de')
  expect(huawei).not.toContain('eu-de')
  expect(all.toSorted()).toEqual([...otc, ...huawei].toSorted())
})

/** Runs a completion with a clock that never reaches the time limit. With a real clock, a slow machine could reach the limit. */
async function completeWithoutTimeLimit(mock: Mock, ...words: string[]): Promise<string> {
  const terminal = fakeTerminal()
  const clock = { now: () => 0, sleep: () => new Promise<void>(() => {}) }
  const env = { JOBSCOPE_ENDPOINT: mock.origin }
  await runProgram(['__complete', '--', ...words], { ...terminal, env, clock }, () => {})
  return terminal.output
}

test('completes references of existing jobs', async () => {
  await using mock = await createMock({ seedJobs: 20 })
  const references = await completeWithoutTimeLimit(mock, 'get', '--json', 'cs:')
  expect(references.match(/^cs:job:\d+/gm)?.toSorted()).toEqual(
    mock.jobs
      .list('cs:job')
      .map(({ ref }) => ref)
      .toSorted(),
  )
})

test('the description of a reference is the state and the name of the job', async () => {
  await using mock = await createMock({ seedJobs: 20 })
  const lines = await completeWithoutTimeLimit(mock, 'get', 'cs:')
  const [job] = mock.jobs.list('cs:job')
  expect(lines).toMatch(new RegExp(`^${job?.ref}\\t${job?.state} \\S+$`, 'm'))
})

test('completes the queues and owners of existing jobs', async () => {
  await using mock = await createMock({ seedJobs: 20, services: ['dli'] })
  expect(await completeWithoutTimeLimit(mock, 'ls', '--queue', '')).toMatch(/^\w+\t\d+ jobs?$/m)
  expect(await completeWithoutTimeLimit(mock, 'ls', '--owner', '')).toMatch(/\t\d+ jobs?\n/)
})

test('prints nothing if jobs cannot be listed', async () => {
  expect(await runCommand(['__complete', '--', 'get', ''])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

test.each(['bash', 'zsh', 'fish'])('prints a completion script for %s', async shell => {
  const { exitCode, stdout } = await runCommand(['completion', shell])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('jobscope __complete -- ')
})

test('rejects an unknown shell', async () => {
  const { exitCode, stderr } = await runCommand(['completion', 'zhs'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'jobscope: Unknown shell "zhs". Did you mean zsh?\n' })
})

test('bash completes words with and without colons, and does not run commands that the line contains', async () => {
  const { stdout: script } = await runCommand(['completion', 'bash'])
  const completeLine = (text: string) =>
    `COMP_LINE='${text}' COMP_POINT=${text.length}; _jobscope; echo "\${COMPREPLY[*]}"`
  const fakeCommand = `jobscope() { printf '%s\\t%s\\n' dli:batch one dli:sql-job two 'batch_id=' three; }`
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      [
        fakeCommand,
        script,
        completeLine('jobscope states dli:b'),
        completeLine('jobscope states dli:'),
        completeLine('jobscope x $(echo oops >&2)'),
      ].join('\n'),
    ],
    { encoding: 'utf8' },
  )
  expect({ stdout, stderr }).toEqual({ stdout: 'batch\nbatch sql-job\n\n', stderr: '' })
})

test('bash quotes completed texts, so that a name from a service cannot run a command', async () => {
  const names = ['my queue', '$(echo oops)', 'a;b', "it's", 'plain-1']
  const { stdout } = spawnSync(
    'bash',
    [
      '-c',
      [
        `jobscope() { printf '%s\\tone\\n' "\${NAMES[@]}"; }`,
        `NAMES=(${names.map(name => `'${name.replaceAll("'", `'\\''`)}'`).join(' ')})`,
        scripts.bash,
        `COMP_LINE='jobscope ls --queue ' COMP_POINT=20; _jobscope`,
        // The shell reads each text as it would read the line of the user.
        `for text in "\${COMPREPLY[@]}"; do eval "printf '%s\\n' $text"; done`,
      ].join('\n'),
    ],
    { encoding: 'utf8' },
  )
  expect(stdout).toBe(names.map(name => `${name}\n`).join(''))
})

test('the time limit of a completion includes the search for the project', async () => {
  let onRequest = () => {}
  const requested = new Promise<void>(resolve => {
    onRequest = resolve
  })
  // IAM never responds. The time limit passes as soon as IAM has received the request.
  const endpoint = await startServer(() => onRequest())
  const env = { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't', OS_REGION_NAME: 'eu-de' }
  const clock = { now: Date.now, sleep: () => requested }
  expect(await runInProcess(['__complete', '--', 'get', ''], { env, clock })).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  })
})
