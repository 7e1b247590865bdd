import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { world } from './start-mock.ts'

const complete = async (...words: string[]) =>
  (await jobscope(['__complete', '--', ...words])).stdout
    .split('\n')
    .filter(Boolean)
    .map(line => line.split('\t')[0])

test.each([
  [['st'], ['states']],
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
  [['nonsense', ''], []],
])('%j becomes %j', async (words, expected) => {
  expect(await complete(...words)).toEqual(expected)
})

test('refs are those of the jobs that are there', async () => {
  const { mock, run } = await world({ seedJobs: 20 })
  const { stdout } = await run(['__complete', '--', 'get', '--json', 'cs:'])
  expect(stdout.match(/^cs:job:\d+/gm)?.toSorted()).toEqual(
    mock.jobs
      .list('cs:job')
      .map(({ ref }) => ref)
      .toSorted(),
  )
})

test('refs that cannot be had complete nothing, and say nothing', async () => {
  expect(await jobscope(['__complete', '--', 'get', ''])).toEqual({ code: 0, stdout: '', stderr: '' })
})

test.each(['bash', 'zsh', 'fish'])('a script for %s', async shell => {
  const { code, stdout } = await jobscope(['completion', shell])
  expect(code).toBe(0)
  expect(stdout).toContain('jobscope __complete -- ')
})

test('a shell without one', async () => {
  const { code, stderr } = await jobscope(['completion', 'zhs'])
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'jobscope: no completion for zhs, did you mean zsh?\n' })
})

test('bash itself completes with it, what follows a colon too, and runs nothing of the line', async () => {
  const { stdout: script } = await jobscope(['completion', 'bash'])
  const line = (text: string) => `COMP_LINE='${text}' COMP_POINT=${text.length}; _jobscope; echo "\${COMPREPLY[*]}"`
  const fake = `jobscope() { printf '%s\\t%s\\n' dli:batch one dli:sql-job two 'batch_id=' three; }`
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      [
        fake,
        script,
        line('jobscope states dli:b'),
        line('jobscope states dli:'),
        line('jobscope x $(echo oops >&2)'),
      ].join('\n'),
    ],
    { encoding: 'utf8' },
  )
  expect({ stdout, stderr }).toEqual({ stdout: 'batch\nbatch sql-job\n\n', stderr: '' })
})
