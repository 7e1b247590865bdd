import { systemClock } from '@jobscope/core/internal'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { main } from '../src/main.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { runInProcess } from './run-in-process.ts'

async function startSeededMock() {
  const mock = await createMock({ seedJobs: 200 })
  onTestFinished(() => mock.close())
  const run = (args: readonly string[]) =>
    runInProcess(args, { env: { JOBSCOPE_ENDPOINT: mock.origin }, clock: systemClock })
  return { mock, run }
}

test('on a narrow terminal, describe suggests only references that commands accept', async () => {
  const { mock, run } = await startSeededMock()
  const refs = ['res:job-instance', 'dli:batch'].flatMap(kind => mock.jobs.list(kind).slice(0, 2))
  expect(refs.length).toBeGreaterThanOrEqual(2)
  for (const { ref } of refs) {
    const terminal = fakeTerminal({ columns: 40 })
    await main(['describe', ref], { ...terminal, env: { JOBSCOPE_ENDPOINT: mock.origin } })
    const suggested = [...terminal.output.matchAll(/^ {2}jobscope \S+ (\S+)/gm)].map(([, found = '']) => found)
    expect(suggested.length).toBeGreaterThan(0)
    for (const text of new Set(suggested)) {
      expect(await run(['get', text, '-o', 'name'])).toMatchObject({ exitCode: 0, stdout: `${ref}\n` })
    }
  }
})

test('get lists all jobs with the option --all, which its note suggests', async () => {
  const { run } = await startSeededMock()
  const limited = await run(['get', 'batches', '--limit', '2', '-o', 'name'])
  expect(limited.stderr).toMatch(/Use --limit <count> or --all to see more\.\n$/)
  const all = await run(['get', 'batches', '--limit', '2', '--all', '-o', 'name'])
  expect([all.exitCode, all.stderr]).toEqual([0, ''])
  expect(all.stdout).toBe((await run(['ls', '--kind', 'batch', '--all', '-o', 'name'])).stdout)
  expect((await run(['get', 'cs:job:1', '--all'])).exitCode).toBe(2)
})

test('the error about a job that is not found suggests a command with the same connection', async () => {
  const { mock, run } = await startSeededMock()
  const options = ['--project', 'p1', '--endpoint', mock.origin]
  const { stderr } = await run(['get', 'no-such-job', ...options])
  const [, command = ''] = /To list the jobs, run: jobscope (.*)\n$/.exec(stderr) ?? []
  expect(command).toBe(`ls --all ${options.join(' ')}`)
})
