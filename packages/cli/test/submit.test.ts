import { join } from 'node:path'
import { systemClock } from '@jobscope/core/internal'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'
import { createFolder, startMock } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

const validBody = 'file: obs://bucket/job.jar\nclassName: Main\n'

test('creates a job and prints its reference', async () => {
  const { mock, run } = await startMock()
  const { exitCode, stdout } = await run(['submit', 'dli:batch', '-'], { input: validBody })
  expect(exitCode).toBe(0)
  expect(mock.jobs.get(stdout.trim())).toMatchObject({ kind: 'dli:batch', state: 'starting' })
})

test('--json prints the reference and the response of the service', async () => {
  const { run } = await startMock()
  const { stdout } = await run(['submit', 'dli:batch', '-', '--json'], { input: validBody })
  const { ref, response } = JSON.parse(stdout) as { ref: string; response: { id: string } }
  expect(ref).toBe(`dli:batch:${response.id}`)
})

test('reports a misspelled required member once', async () => {
  const { stderr } = await runCommand(['submit', 'batch', '-'], {
    input: 'className: Main\nfil: obs://bucket/job.jar\n',
  })
  expect(stderr).toBe('jobscope: standard input:2:6: fil is unknown. Did you mean file?\n')
})

test.each(['batch', 'batches', 'dli:batches'])('accepts %s as the name of the kind dli:batch', async kind => {
  const { exitCode, stdout } = await runCommand(['submit', kind, '-', '--dry-run'], {
    input: validBody,
    env: { JOBSCOPE_ENDPOINT: 'http://127.0.0.1:9' },
  })
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'dli.createBatch: The request body is valid. Nothing was sent.\n',
  })
})

test.each([
  ['createFlinkSqlJob', [], 'dli:flink-job'],
  ['createTrainingJobVersion', ['job_id=10'], 'modelarts:training-version'],
])('%s creates a job whose reference has all parts of its key', async (operation, args, kind) => {
  const { mock, run } = await startMock()
  const { stdout: input } = await runCommand(['submit', operation, '--example'])
  const { stdout, stderr } = await run(['submit', operation, '-', ...args], { input })
  expect(stderr).toBe('')
  expect(mock.jobs.get(stdout.trim())?.kind).toBe(kind)
})

test.each([
  ['dli:sql-job', 'submitSqlJob'],
  ['dli:flink-job', 'createFlinkSqlJob'],
  ['cs:job', 'createSqlJob'],
])('for the kind %s, submit calls the default operation %s', async (kind, operation) => {
  const { mock, run } = await startMock()
  const { stdout: input } = await runCommand(['submit', kind, '--example'])
  expect(await run(['submit', kind, '-'], { input })).toMatchObject({ exitCode: 0, stderr: '' })
  expect(mock.requests.map(request => request.operation)).toEqual([operation])
})

test('--start starts a job of a kind that is not started automatically', async () => {
  const { mock, run } = await startMock()
  const { stdout: input } = await runCommand(['submit', 'createFlinkSqlJob', '--example'])
  const created = await run(['submit', 'createFlinkSqlJob', '-'], { input })
  const started = await run(['submit', 'createFlinkSqlJob', '-', '--start'], { input })
  const states = [created, started].map(({ stdout }) => mock.jobs.get(stdout.trim())?.state)
  expect(states).toEqual(['queued', 'starting'])
})

test('--start reports a job if the service creates the job but refuses to start it', async () => {
  const endpoint = await startServer(({ url }, response) => {
    const refused = [{ is_success: 'false', message: 'The quota is exceeded.' }]
    const created = { is_success: true, job: { job_id: 7, status_name: 'job_init' } }
    response.end(JSON.stringify(url?.endsWith('/run') ? refused : created))
  })
  const { stdout: input } = await runCommand(['submit', 'createFlinkSqlJob', '--example'])
  const args = ['submit', 'createFlinkSqlJob', '-', '--start', '--endpoint', endpoint]
  const { exitCode, stdout, stderr } = await runCommand(args, { input })
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toMatch(
    /^jobscope: The job dli:flink-job:7 was created but not started\.\njobscope: runFlinkJobs: .*The quota is exceeded\. .*\n$/,
  )
})

test('does not send an invalid body, and prints the position of each mistake and the expected value', async () => {
  const { mock, run } = await startMock()
  const cwd = createFolder({
    'job.yaml': 'className: Main\nexecutorCores: two\nresources:\n  - name: a.jar\n    typ: jar\nqueue: [a]\n',
  })
  const { exitCode, stderr } = await run(['submit', 'dli:batch', 'job.yaml'], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^jobscope: job\.yaml:1:1: file is missing: ./),
    'jobscope: job.yaml:2:16: executorCores must be an integer, but is "two"',
    'jobscope: job.yaml:5:10: resources[0].typ is unknown. Did you mean type?',
    'jobscope: job.yaml:6:8: queue must be a string, but is a list',
  ])
  expect(mock.requests).toEqual([])
})

test.each([
  ['className: M\nfile: a\ndriver_memory: 2G\n', '3:16: driver_memory is unknown. Did you mean driverMemory?'],
  [
    'className: M\nclass_name: M\nfile: a\n',
    '1:1: the body has several of the allowed forms at the same time. Use only one of them.',
  ],
])('rejects a body that mixes two of the allowed forms: %j', async (input, message) => {
  const { exitCode, stderr } = await runCommand(['submit', 'dli:batch', '-'], { input })
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `jobscope: standard input:${message}\n` })
})

test.each([
  ['a missing file', 'nope.yaml', 'Cannot read nope.yaml: The file does not exist.'],
  ['a folder', '.', 'Cannot read .: It is a directory.'],
  ['a file that is neither JSON nor YAML', 'broken.json', /^broken\.json:1:10: Invalid JSON or YAML: /],
  ['an empty file', 'empty.yaml', 'empty.yaml is empty. Expected the request body as JSON or YAML.'],
])('reports %s on one line and exits with 2', async (_, file, line) => {
  const cwd = createFolder({ 'broken.json': '{"file": ', 'empty.yaml': '# later\n' })
  const { exitCode, stderr } = await runCommand(['submit', 'dli:batch', file], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr.match(/\n/g)).toHaveLength(1)
  expect(stderr.slice('jobscope: '.length).trimEnd()).toMatch(line)
})

test.each([
  [
    'an operation that creates no job',
    ['submit', 'getBatch', '-'],
    'getBatch does not create a job. Call it with: jobscope api getBatch',
  ],
  [
    'a missing file argument',
    ['submit', 'dli:batch'],
    'createBatch requires a request body. Pass a file, or - for standard input. --example prints an example.',
  ],
  [
    '--start for a kind that starts automatically',
    ['submit', 'dli:batch', '-', '--start'],
    '--start is not supported: jobs of kind dli:batch start automatically.',
  ],
])('rejects %s', async (_, args, message) => {
  const { exitCode, stderr } = await runCommand(args, { input: validBody })
  expect(exitCode).toBe(2)
  expect(stderr).toBe(`jobscope: ${message}\n`)
})

test('--dry-run validates the body and sends nothing', async () => {
  const { mock, run } = await startMock()
  const { exitCode, stdout } = await run(['submit', 'dli:batch', '-', '--dry-run'], { input: validBody })
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'dli.createBatch: The request body is valid. Nothing was sent.\n',
  })
  expect(mock.requests).toEqual([])
})

test('submit --wait --timeout limits the request that creates the job', async () => {
  const endpoint = await startServer(() => {})
  const submit = ['submit', 'dli:batch', '-', '--timeout', '300ms', '--endpoint', endpoint]
  for (const option of ['--wait', '--follow']) {
    expect(await runCommand([...submit, option], { input: validBody })).toEqual({
      exitCode: 5,
      stdout: '',
      stderr: `jobscope: The command was not finished after 300ms. The job may have been created. To check, run: jobscope ls --kind dli:batch --endpoint ${endpoint}\n`,
    })
  }
})

test('retry --wait --timeout limits the requests that read the job', async () => {
  const endpoint = await startServer(() => {})
  const args = ['retry', 'dli:sql-job:208b08d4-0dc2-4dd7-8879-ddd4c020d7aa', '--wait', '--timeout', '300ms']
  expect(await runCommand([...args, '--endpoint', endpoint])).toEqual({
    exitCode: 5,
    stdout: '',
    stderr: 'jobscope: The command was not finished after 300ms. No job was started.\n',
  })
})

test('if a statement completes immediately, submit and retry print no reference, and say so on standard error', async () => {
  const job = { job_id: '208b08d4-0dc2-4dd7-8879-ddd4c020d7aa', status: 'FAILED', statement: 'SHOW TABLES' }
  const endpoint = await startServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const completed = { is_success: true, message: '', job_mode: 'sync', schema: [], rows: [] }
    response.end(JSON.stringify(request.method === 'POST' ? completed : { is_success: true, message: '', ...job }))
  })
  const cwd = createFolder({ 'sql.json': '{ "sql": "SHOW TABLES" }' })
  const options = { env: { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't' }, clock: systemClock }
  const submitted = await runInProcess(['submit', 'submitSqlJob', join(cwd, 'sql.json')], options)
  expect(submitted).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '✓ Completed immediately. There is no job to wait for.\n',
  })
  const retried = await runInProcess(['retry', `dli:sql-job:${job.job_id}`, '--yes'], options)
  expect([retried.exitCode, retried.stdout]).toEqual([0, ''])
  expect(retried.stderr).toContain('✓ Submitted again as: a new job that completed immediately\n')
})

test.each([
  ['an empty object', '{}'],
  ['null', 'null'],
  ['an array', '[]'],
  ['an ID that is null', '{"id":null}'],
  ['an ID that is an object', '{"id":{}}'],
  ['an empty ID', '{"id":""}'],
  ['a page of a proxy', '<html></html>'],
])(
  'if the response to submit is %s, reports that the job may exist, and the command that lists the jobs',
  async (_, body) => {
    const endpoint = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(body)
    })
    const cwd = createFolder({ 'job.yaml': validBody })
    const options = { env: { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't' }, clock: systemClock }
    for (const flags of [[], ['--wait'], ['-o', 'json']]) {
      const result = await runInProcess(['submit', 'dli:batch', join(cwd, 'job.yaml'), ...flags], options)
      expect([result.exitCode, result.stdout]).toEqual([4, ''])
      expect(result.stderr).toMatch(
        /^jobscope: createBatch: The response .* The job may have been created\. To check, run: jobscope ls --kind dli:batch\n$/,
      )
    }
  },
)

test('submit requires the complete ID of the created job', async () => {
  const endpoint = await startJsonServer({ is_success: true, job_id: 10 })
  const { stdout: body } = await runInProcess(['submit', 'createTrainingJobV1', '--example'], {
    env: {},
    clock: systemClock,
  })
  const cwd = createFolder({ 'job.yaml': body })
  const options = { env: { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't' }, clock: systemClock }
  const { exitCode, stderr } = await runInProcess(['submit', 'createTrainingJobV1', join(cwd, 'job.yaml')], options)
  expect([exitCode, stderr]).toEqual([4, expect.stringContaining('The job may have been created. To check, run:')])
})

test('submit and retry report an SQL job without an ID, unless the response says that the statement has run', async () => {
  const job = { job_id: '208b08d4-0dc2-4dd7-8879-ddd4c020d7aa', status: 'FAILED', statement: 'SELECT 1' }
  const endpoint = await startServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const withoutId = { is_success: true, message: '', job_mode: 'async' }
    response.end(JSON.stringify(request.method === 'POST' ? withoutId : { is_success: true, message: '', ...job }))
  })
  const cwd = createFolder({ 'sql.json': '{ "sql": "SELECT 1" }' })
  const options = { env: { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't' }, clock: systemClock }
  const submitted = await runInProcess(['submit', 'submitSqlJob', join(cwd, 'sql.json')], options)
  expect([submitted.exitCode, submitted.stdout]).toEqual([4, ''])
  expect(submitted.stderr).toContain('The job may have been created. To check, run:')
  const retried = await runInProcess(['retry', `dli:sql-job:${job.job_id}`, '--yes'], options)
  expect([retried.exitCode, retried.stdout]).toEqual([4, ''])
  expect(retried.stderr).toContain('To check, run: jobscope ls --kind dli:sql-job')
})

test.each([
  ['submit', 'dli:batch', 'none.json', '--notify', 'desktop'],
  ['retry', 'dli:batch:1', '--exec', 'true'],
  ['submit', 'dli:batch', 'none.json', '--timeout', '1h'],
  ['submit', 'dli:batch', 'none.json', '--interval', '5s'],
  ['retry', 'dli:batch:1', '--timeout', '1h'],
  ['retry', 'dli:batch:1', '--file', 'none.json', '--notify', 'desktop'],
])('rejects %s %s … without --wait, because the option would have no effect', async (...args) => {
  const { exitCode, stderr } = await runInProcess(args, { env: {}, clock: systemClock })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^jobscope: --(notify|exec|timeout|interval) requires --wait or --follow, because /)
})
