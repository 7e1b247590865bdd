import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_KEY } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { bin, runCommand, startCommand } from './run-command.ts'
import { createFolder, startMock } from './start-mock.ts'

const keys = {
  HUAWEICLOUD_SDK_AK: DEMO_KEY.accessKey,
  HUAWEICLOUD_SDK_SK: DEMO_KEY.secretKey,
  HUAWEICLOUD_SDK_PROJECT_ID: 'p',
}

test('record -- runs a program through the proxy, and check has no findings', async () => {
  const { run } = await startMock({ auth: 'strict', services: ['dli'], seedJobs: 2 })
  const cwd = createFolder({})
  const args = ['record', '--service', 'dli', '--', process.execPath, bin, 'api', 'listBatches', '--json']
  const { exitCode, stdout, stderr } = await run(args, { cwd, env: keys })
  expect([exitCode, stderr]).toEqual([0, 'Recorded 1 exchanges to traffic.ndjson.\n'])
  expect(JSON.parse(stdout)).toHaveProperty('sessions')
  const recorded = readFileSync(join(cwd, 'traffic.ndjson'), 'utf8')
  expect(recorded).not.toContain(DEMO_KEY.accessKey)
  expect(recorded).toContain('"authorization":"REDACTED"')
  const checked = await runCommand(['check', 'traffic.ndjson'], { cwd })
  expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('1 exchange checked: no findings.')])
})

test('record returns the exit code of the program', async () => {
  const { run } = await startMock({ services: ['dli'] })
  const args = ['record', '--service', 'dli', '--', process.execPath, '--eval', 'process.exitCode = 42']
  expect((await run(args, { cwd: createFolder({}) })).exitCode).toBe(42)
})

test('record prints the endpoints, and completes the file after Ctrl-C', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  const cwd = createFolder({})
  const { result } = startCommand(['record', '--file', 'a.har', '--endpoint', `dli=${mock.url('dli')}`], {
    cwd,
    onOutput: (output, interrupt) => {
      if (output.includes('Press Ctrl-C')) interrupt()
    },
  })
  const { exitCode, stdout } = await result
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^dli {2}http:\/\/127\.0\.0\.1:\d+\/dli\n$/)])
  expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8'))).toMatchObject({ log: { entries: [] } })
})

test.each([
  ['neither a region nor an endpoint', [], 'The services to record are unknown.'],
  ['an unknown region', ['--region', 'mars-1'], 'No service has a host in region mars-1.'],
  ['a folder that does not exist', ['--region', 'eu-de', '--file', 'none/a.ndjson'], 'Cannot write none/a.ndjson'],
  ['a program that does not exist', ['--region', 'eu-de', '--', './no-such-program'], 'Cannot run ./no-such-program'],
])('record exits with 2 for %s', async (_, args, message) => {
  const { exitCode, stderr } = await runCommand(['record', ...args], { cwd: createFolder({}) })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})
