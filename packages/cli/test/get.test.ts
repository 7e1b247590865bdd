import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { virtualClock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { parseObjects } from './parse-output.ts'
import { runCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

test('prints jobs in the order in which their references are given, and --json includes the raw job', async () => {
  const { mock, run } = await startMock({ seedJobs: 30 })
  const refs = ['cs:job', 'dli:batch'].map(kind => mock.jobs.list(kind)[0]?.ref as string)
  const { stdout } = await run(['get', ...refs])
  expect([...stdout.matchAll(/^ref +(.+)$/gm)].map(([, ref]) => ref)).toEqual(refs)
  const [job] = parseObjects((await run(['get', refs[1] as string, '--json'])).stdout)
  expect(job).toMatchObject({ ref: refs[1], raw: { id: refs[1]?.split(':')[2] } })
})

test('accepts the name of a job, or a unique beginning of its ID with or without the kind', async () => {
  const { mock, run } = await startMock({ seedJobs: 30, strict: true })
  const { ref } = mock.jobs.list('dli:batch')[0] as { ref: string }
  const [job] = parseObjects((await run(['get', ref, '--json'])).stdout) as unknown as { name: string }[]
  const short = ref.slice(0, 'dli:batch:'.length + 8)
  for (const text of [
    short,
    `${short}…`,
    short.slice('dli:'.length),
    short.slice('dli:batch:'.length),
    job?.name ?? '',
  ]) {
    expect(await run(['get', text, '-o', 'name'])).toEqual({ exitCode: 0, stdout: `${ref}\n`, stderr: '' })
  }
})

test('get filters the jobs that it lists, and rejects filters for single jobs', async () => {
  const { mock, run } = await startMock({ seedJobs: 12, services: ['dli'] })
  const { stdout } = await run(['get', 'jobs', '--failed', '-o', 'name'])
  const failed = mock.jobs.list().filter(({ state }) => state === 'failed')
  expect(stdout.trimEnd().split('\n').toSorted()).toEqual(failed.map(({ ref }) => ref).toSorted())
  const { exitCode, stderr } = await run(['get', 'dli:batch:1', '--failed'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('jobscope get jobs') })
})

test.each([
  ['batches', 'dli:batch'],
  ['dli:batch', 'dli:batch'],
  ['jobs', undefined],
  ['job', undefined],
])('get %s lists jobs', async (name, kind) => {
  const { mock, run } = await startMock({ seedJobs: 12, services: ['dli'] })
  const { stdout } = await run(['get', name, '-o', 'name'])
  const refs = mock.jobs.list(kind).map(({ ref }) => ref as string)
  expect(stdout.trimEnd().split('\n').toSorted()).toEqual(refs.toSorted())
})

test('if several jobs have IDs that begin with the given text, exits with 2 and lists these jobs', async () => {
  const { mock, run } = await startMock({ seedJobs: 60, strict: true, services: ['dli'] })
  const ids = mock.jobs.list('dli:batch').map(({ ref }) => ref.slice('dli:batch:'.length))
  const first = ids.map(id => id[0]).find((digit, index, all) => all.indexOf(digit) !== index) as string
  const { exitCode, stderr } = await run(['cancel', `dli:batch:${first}`])
  expect(exitCode).toBe(2)
  expect(stderr).toContain(`jobscope: "dli:batch:${first}" matches `)
  for (const id of ids.filter(id => id.startsWith(first)).slice(0, 5)) expect(stderr).toContain(`dli:batch:${id}`)
})

test('get sends no list request if all references are complete', async () => {
  const { mock, run } = await startMock({ seedJobs: 9, services: ['dli'] })
  const refs = ['dli:batch', 'dli:sql-job', 'dli:flink-job'].map(kind => mock.jobs.list(kind)[0]?.ref as string)
  await run(['get', ...refs])
  expect(mock.requests.map(({ operation }) => operation).filter((name = '') => name.startsWith('list'))).toEqual([])
})

test('prints the other jobs if one job cannot be read', async () => {
  const { mock, run } = await startMock({ seedJobs: 30, strict: true })
  const existing = mock.jobs.list('cs:job')[0]?.ref as string
  const { exitCode, stdout, stderr } = await run(['get', 'cs:job:1', existing])
  expect(exitCode).toBe(6)
  expect(stdout).toContain(existing)
  expect(stderr).toMatch(/^jobscope: getJob: .+\n$/)
})

test('reports every job that cannot be read', async () => {
  const { run } = await startMock({ strict: true })
  const { exitCode, stderr } = await run(['get', 'cs:job:1', 'batch-1', 'cs:job:2'])
  expect(exitCode).toBe(6)
  expect(stderr.match(/^jobscope: /gm)).toHaveLength(3)
})

test.each([
  [
    2,
    'an invalid job reference',
    'dli:batch:1:2',
    /^jobscope: Invalid job reference "dli:batch:1:2"\. Expected service:kind:id, for example dli:batch:0a324461\.\n$/,
  ],
  [
    6,
    'an ID that no job has',
    'batch-x1',
    /^jobscope: No job found for "batch-x1": no job has this name or an ID that begins with this text\. Not searched, although the job may be there: res:job-instance \(requires --param workspace_id=<value>.*\)\. To list the jobs, run: jobscope ls --all\n$/,
  ],
  [
    2,
    'an unknown kind of job',
    'dli:bach:1',
    /^jobscope: Unknown kind "bach" in job reference "dli:bach:1"\. Kinds of dli: batch, sql-job, flink-job\.\n$/,
  ],
  [
    6,
    'a job that does not exist',
    'dli:batch:00000000-0000-4000-8000-000000000000',
    /^jobscope: getBatch: DLI\.0023 .+\n$/,
  ],
] as const)('get, wait and cancel exit with %i and print one line for %s', async (expectedCode, _, ref, line) => {
  const { run, runOnMockClock } = await startMock({ strict: true, clock: virtualClock() })
  for (const command of ['get', 'wait', 'cancel']) {
    // If a job is not found, `wait` tries again for some seconds, because the job may be new. So `wait` runs on the clock of the mock.
    const { exitCode, stderr, stdout } = await (command === 'wait' ? runOnMockClock : run)([command, ref])
    expect([command, exitCode, stdout]).toEqual([command, expectedCode, ''])
    if (command === 'get') expect(stderr).toMatch(line)
    else expect(stderr.match(/\n/g)).toHaveLength(1)
  }
})

test('exits with 3 if the token has expired, and prints how to fix the problem but does not print the token', async () => {
  const server = createServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end('{"error_code":"APIGW.0307","error_msg":"The token must be updated."}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = { OS_TOKEN: 'a-secret-token', OS_PROJECT_ID: 'p' }
  for (const args of [['get', 'cs:job:1'], ['ls'], ['api', 'cs.getJob', 'job_id=1'], ['cancel', 'cs:job:1']]) {
    const { exitCode, stdout, stderr } = await runCommand([...args, '--endpoint', endpoint], { env })
    expect([args[0], exitCode]).toEqual([args[0], 3])
    expect(stderr).toMatch(
      /^jobscope: .*APIGW\.0307 The token must be updated\. .*Get a new token.*\n(?:Not listed: .*\n)?$/,
    )
    expect(stdout + stderr).not.toContain('secret')
  }
})

test.each(['get', 'describe', 'wait', 'watch', 'logs', 'cancel', 'retry'])(
  'if all lists respond with 404, %s says that no list could be read, and names --endpoint',
  async command => {
    const endpoint = await startJsonServer({ error_code: 'APIGW.0101', error_msg: 'The API does not exist.' }, 404)
    for (const text of ['nightly', 'dli:batch:0a']) {
      const { exitCode, stdout, stderr } = await runCommand([command, text, '--endpoint', endpoint])
      expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
      expect(stderr).toBe(
        `jobscope: Cannot search for "${text}", because no list of jobs could be read: APIGW.0101 The API does not exist. (HTTP 404). Check --endpoint, --region and --cloud.\n`,
      )
    }
  },
)

test.each([
  ['does not exist', 404, 'APIGW.0101', 4],
  ['may not be read', 403, 'APIGW.0302', 3],
])(
  'if one list %s, get and wait name the list and do not say that the job does not exist',
  async (_, status, code, exit) => {
    const endpoint = await startServer(({ url = '' }, response) => {
      const isBatch = url.includes('/batches')
      response.writeHead(isBatch ? status : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isBatch ? { error_code: code, error_msg: 'no' } : { is_success: true, jobs: [] }))
    })
    for (const command of ['get', 'wait']) {
      const env = { OS_TOKEN: 't', OS_PROJECT_ID: 'p' }
      const { exitCode, stderr } = await runCommand([command, 'nightly', '--endpoint', endpoint], { env })
      expect(stderr).toMatch(
        new RegExp(
          `^jobscope: Cannot find "nightly": .* The job may be in one of the lists that could not be read: dli:batch \\(${code} no .*\\)\\. Not searched, although the job may be there: .*res:job-instance \\(requires --param .*\\)\\.\n$`,
        ),
      )
      expect(exitCode).toBe(exit)
    }
  },
)

test('accepts the word job before a reference, as kubectl does', async () => {
  const { mock, run } = await startMock({ seedJobs: 9, services: ['dli'] })
  const ref = mock.jobs.list('dli:batch')[0]?.ref as string
  for (const command of ['get', 'describe']) {
    for (const args of [['job', ref], ['jobs', ref], [`job/${ref}`]]) {
      const expected = { exitCode: 0, stdout: `${ref}\n`, stderr: '' }
      expect(await run([command, ...args, '-o', 'name'])).toEqual(expected)
      expect(await run(['-o', 'name', command, ...args])).toEqual(expected)
      expect(await run([command, '-o', 'name', ...args])).toEqual(expected)
    }
  }
  // The batch has ended, so `cancel` changes nothing.
  expect((await run(['cancel', 'job', ref])).stderr).toContain(`${ref} has already ended`)
})
