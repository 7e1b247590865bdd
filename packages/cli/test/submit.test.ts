import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { folder, world } from './start-mock.ts'

const good = 'file: obs://bucket/job.jar\nclassName: Main\n'

test('a job is created, and its ref is what is printed', async () => {
  const { mock, run } = await world()
  const { code, stdout } = await run(['submit', 'dli:batch', '-'], { input: good })
  expect(code).toBe(0)
  expect(mock.jobs.get(stdout.trim())).toMatchObject({ kind: 'dli:batch', state: 'starting' })
})

test('for programs: the ref beside the answer', async () => {
  const { run } = await world()
  const { stdout } = await run(['submit', 'dli:batch', '-', '--json'], { input: good })
  const { ref, answer } = JSON.parse(stdout) as { ref: string; answer: { id: string } }
  expect(ref).toBe(`dli:batch:${answer.id}`)
})

test.each([
  ['createFlinkSqlJob', [], 'dli:flink-job'],
  ['createTrainingJobVersion', ['job_id=10'], 'modelarts:training-version'],
])('%s makes a job whose ref has all parts of its key', async (operation, args, kind) => {
  const { mock, run } = await world()
  const { stdout: input } = await jobscope(['submit', operation, '--example'])
  const { stdout, stderr } = await run(['submit', operation, '-', ...args], { input })
  expect(stderr).toBe('')
  expect(mock.jobs.get(stdout.trim())?.kind).toBe(kind)
})

test('a job that rests once it is there is started with --start', async () => {
  const { mock, run } = await world()
  const { stdout: input } = await jobscope(['submit', 'createFlinkSqlJob', '--example'])
  const resting = await run(['submit', 'createFlinkSqlJob', '-'], { input })
  const started = await run(['submit', 'createFlinkSqlJob', '-', '--start'], { input })
  const states = [resting, started].map(({ stdout }) => mock.jobs.get(stdout.trim())?.state)
  expect(states).toEqual(['queued', 'starting'])
})

test('a body that breaks the spec is not sent; every fault has its place, its path and what would be right', async () => {
  const { mock, run } = await world()
  const cwd = folder({
    'job.yaml': 'className: Main\nexecutorCores: two\nresources:\n  - name: a.jar\n    typ: jar\nqueue: [a]\n',
  })
  const { code, stderr } = await run(['submit', 'dli:batch', 'job.yaml'], { cwd })
  expect(code).toBe(2)
  expect(stderr.trimEnd().split('\n').sort()).toEqual([
    expect.stringMatching(/^jobscope: job\.yaml:1:1: file is missing: Package with the application/),
    'jobscope: job.yaml:2:16: executorCores must be an integer, and is "two"',
    'jobscope: job.yaml:5:10: resources[0].typ is not known, did you mean type?',
    'jobscope: job.yaml:6:8: queue must be a string, and is a list',
  ])
  expect(mock.requests).toEqual([])
})

test.each([
  ['a file that is not there', 'nope.yaml', 'nope.yaml: there is no such file'],
  ['a folder', '.', '.: is a directory, not a file'],
  ['a file that is neither JSON nor YAML', 'broken.json', /^broken\.json:1:10: is neither JSON nor YAML: /],
  ['an empty file', 'empty.yaml', 'empty.yaml is empty: it must hold the body as JSON or YAML'],
])('%s is one line, and exit code 2', async (_, file, line) => {
  const cwd = folder({ 'broken.json': '{"file": ', 'empty.yaml': '# later\n' })
  const { code, stderr } = await jobscope(['submit', 'dli:batch', file], { cwd })
  expect(code).toBe(2)
  expect(stderr.match(/\n/g)).toHaveLength(1)
  expect(stderr.slice('jobscope: '.length).trimEnd()).toMatch(line)
})

test.each([
  [
    'a kind with several ways',
    ['submit', 'dli:flink-job', '-'],
    'say createFlinkSqlJob or createFlinkJarJob instead of the kind',
  ],
  [
    'an operation that creates none',
    ['submit', 'getBatch', '-'],
    'getBatch creates no job: call it by jobscope api getBatch',
  ],
  ['no file', ['submit', 'dli:batch'], 'give a JSON or YAML file, or - for standard input (--example prints one)'],
  [
    '--start where it starts by itself',
    ['submit', 'dli:batch', '-', '--start'],
    'jobs of the kind dli:batch start by themselves',
  ],
])('%s is refused, naming what would be right', async (_, args, end) => {
  const { code, stderr } = await jobscope(args, { input: good })
  expect(code).toBe(2)
  expect(stderr.trimEnd().endsWith(end)).toBe(true)
})

test('--dry-run checks, and sends nothing', async () => {
  const { mock, run } = await world()
  const { code, stdout } = await run(['submit', 'dli:batch', '-', '--dry-run'], { input: good })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'dli.createBatch: the body fits; nothing was sent\n' })
  expect(mock.requests).toEqual([])
})
