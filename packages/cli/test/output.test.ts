import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { bin, runCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'
import { startServer } from './start-server.ts'

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

test.each([['--json'], ['--yaml'], ['--query', 'raw.deep'], ['-o', 'jsonpath={.name}'], ['-o', 'jsonpath={..deep}']])(
  'get %s %s prints one line if the job is nested too deeply',
  async (...options) => {
    const depth = 100_000
    const id = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'
    const deep = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const endpoint = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(`{"id":"${id}","state":"success","deep":${deep}}`)
    })
    const { exitCode, stderr } = await runCommand(['get', `dli:batch:${id}`, ...options, '--endpoint', endpoint])
    expect(stderr).toMatch(/^jobscope: Cannot format the result: its values are nested too deeply\. .*\n$/)
    expect(exitCode).toBe(1)
  },
)

test.skipIf(!existsSync('/dev/full'))('--version prints one line if the disk is full', () => {
  const output = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(output))
  const { status, stderr } = spawnSync(process.execPath, [bin, '--version'], { stdio: ['ignore', output, 'pipe'] })
  expect({ status, stderr: `${stderr}` }).toEqual({
    status: 1,
    stderr: 'jobscope: Cannot write to standard output: The disk is full (ENOSPC).\n',
  })
})
