import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { folder, world } from './start-mock.ts'

const batch = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'

test('an operation is called, its answer one line of JSON', async () => {
  const { mock, run } = await world()
  const { code, stdout } = await run(['api', 'getBatch', `batch_id=${batch}`])
  expect(code).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  expect(JSON.parse(stdout)).toMatchObject({ id: batch, state: 'starting' })
  expect(mock.requests.map(({ operation }) => operation)).toEqual(['getBatch'])
})

test('--all is every item of every page, --limit so many', async () => {
  const { run } = await world({ seedJobs: 130, services: ['dli'] })
  const ids = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map(line => (JSON.parse(line) as { job_id: string }).job_id)
  const all = ids((await run(['api', 'listSqlJobs', '--all', '--json'])).stdout)
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(40)
  expect(ids((await run(['api', 'listSqlJobs', '--limit', '7'])).stdout)).toEqual(all.slice(0, 7))
})

test('numbers are sent as what the spec says they are, headers as headers', async () => {
  const { run } = await world()
  expect((await run(['api', 'listBatches', 'size=1', 'from=0'])).code).toBe(0)
  expect(await run(['api', 'listBatches', 'size=many'])).toMatchObject({
    code: 2,
    stderr: 'jobscope: listBatches: size must be an integer, and is "many"\n',
  })
})

test('an argument that is unknown, missing or no pair is refused by name', async () => {
  const { mock, run } = await world()
  expect((await run(['api', 'getBatch', 'batchid=1'])).stderr).toBe(
    'jobscope: getBatch has no parameter batchid, did you mean batch_id?\n',
  )
  expect((await run(['api', 'getBatch'])).stderr).toMatch(/^jobscope: getBatch: batch_id is missing/)
  expect((await run(['api', 'getBatch', batch])).stderr).toMatch(/^jobscope: argument 0a32.*: must be name=value\n$/)
  expect(mock.requests).toEqual([])
})

test('a body comes from a file or from standard input', async () => {
  const { run } = await world()
  const cwd = folder({ 'job.yaml': 'file: obs://bucket/job.jar\nclassName: Main\n' })
  const fromFile = await run(['api', 'createBatch', '--body', 'job.yaml'], { cwd })
  expect(JSON.parse(fromFile.stdout)).toMatchObject({ state: 'starting' })
  const input = '{"file":"obs://bucket/job.jar","className":"Main"}'
  expect((await run(['api', 'createBatch', '--body', '-'], { input })).code).toBe(0)
  expect(await run(['api', 'createBatch'])).toMatchObject({
    code: 2,
    stderr: 'jobscope: createBatch needs a body: give a JSON or YAML file with --body, or - for standard input\n',
  })
})

test('--describe says what an operation takes, with an example that is valid', async () => {
  const { stdout } = await jobscope(['api', 'createBatch', '--describe'])
  expect(stdout).toContain('dli.createBatch  POST /v2.0/{project_id}/batches')
  expect(stdout).toMatch(/^file +string, required: /m)
  const input = stdout.split('Example of a body\n')[1] ?? ''
  const { run } = await world()
  expect((await run(['api', 'createBatch', '--body', '-'], { input })).code).toBe(0)
})

test('what the service refuses is told on one line, with the exit code of its kind', async () => {
  const { run } = await world()
  const unknown = '0a324461-d9d9-45da-a52a-3b3c7a3d8099'
  await run(['api', 'createBatch', '--body', '-'], { input: '{"file":"obs://b/j.jar","className":"M"}' })
  const gone = await run(['api', 'getBatch', `batch_id=${unknown}`])
  expect(gone.code).toBe(2)
  expect(gone.stderr).toMatch(/^jobscope: getBatch: DLI\.0023 .*\n$/)
})

test('an endpoint that does not answer is exit code 4', async () => {
  const { mock, run } = await world()
  await mock.close()
  const { code, stderr } = await run(['api', 'createBatch', '--body', '-'], { input: '{"file":"f","className":"M"}' })
  expect(code).toBe(4)
  expect(stderr).toBe(
    `jobscope: createBatch: no answer: ECONNREFUSED (127.0.0.1:${mock.port}); check --endpoint, --region and the network\n`,
  )
})

test('a value that the spec calls secret is not shown, even where it is wrong', async () => {
  const input = (password: unknown) =>
    JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'ada', password, domain: { name: 'd' } } } },
      },
    })
  for (const secret of [90_125_331, { value: 'hunter2-90125331' }, ['hunter2-90125331']]) {
    const { code, stdout, stderr } = await jobscope(
      ['api', 'createToken', '--body', '-', '--endpoint', 'http://127.0.0.1:9'],
      {
        input: input(secret),
      },
    )
    expect(code).toBe(2)
    expect(stderr).toMatch(/auth\.identity\.password\.user\.password must be a string\n/)
    expect(stdout + stderr).not.toContain('90125331')
  }
})
