import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'

const states = (...args: string[]) => runCommand(['states', 'dli:sql-job', ...args])

test('-o json and -o yaml print the same as --json and --yaml', async () => {
  expect(await states('-o', 'json')).toEqual(await states('--json'))
  const { stdout } = await states('-ojson')
  expect(stdout).toBe((await states('--json')).stdout)
  expect((await states('--output=yaml')).stdout).toBe((await states('--yaml')).stdout)
})

test('-o name prints only the names', async () => {
  expect((await states('-o', 'name')).stdout).toBe('LAUNCHING\nRUNNING\nSCALING\nFINISHED\nFAILED\nCANCELLED\n')
})

test.each([
  [['--query', "[?state=='failed'].rawState"], 'FAILED\n'],
  [['--query', "[?state=='failed'].rawState", '-o', 'json'], '["FAILED"]\n'],
  [['--query', "[?state=='failed'].rawState", '-o', 'yaml'], '---\n- FAILED\n'],
  [['--query', 'length(@)'], '6\n'],
  [['--query', '[0].{raw: rawState, is: state}'], '{"raw":"LAUNCHING","is":"queued"}\n'],
  [['-o', "jsonpath=$[?@.state=='failed'].rawState"], 'FAILED\n'],
  [['-o', 'jsonpath={[*].state}'], 'queued\nrunning\nrunning\nsucceeded\nfailed\ncanceled\n'],
])('%j selects from the list of all results', async (args, stdout) => {
  expect(await states(...args)).toEqual({ exitCode: 0, stdout, stderr: '' })
})

test('ls applies --query to an array of all jobs, and get applies it to each job', async () => {
  const { run } = await startMock({ seedJobs: 12, services: ['dli'] })
  const { stdout } = await run(['ls', '--query', '[].ref'])
  const refs = stdout.trimEnd().split('\n')
  expect(stdout).toBe((await run(['ls', '-o', 'name'])).stdout)
  expect((await run(['get', ...refs.slice(0, 2), '--query', 'ref'])).stdout).toBe(`${refs[0]}\n${refs[1]}\n`)
  expect(parse((await run(['get', refs[0] as string, '-o', 'yaml', '--query', '{ref: ref}'])).stdout)).toEqual({
    ref: refs[0],
  })
})
