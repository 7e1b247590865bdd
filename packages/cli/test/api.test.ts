import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand } from './run-command.ts'
import { createFolder, startMock } from './start-mock.ts'

const batch = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'

test('calls an operation and prints the response as one line of JSON', async () => {
  const { mock, run } = await startMock()
  const { exitCode, stdout } = await run(['api', 'getBatch', `batch_id=${batch}`])
  expect(exitCode).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  expect(JSON.parse(stdout)).toMatchObject({ id: batch, state: 'starting' })
  expect(mock.requests.map(({ operation }) => operation)).toEqual(['getBatch'])
})

test('--all prints the items of all pages, and --limit limits their number', async () => {
  const { run } = await startMock({ seedJobs: 130, services: ['dli'] })
  const parseIds = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map(line => (JSON.parse(line) as { job_id: string }).job_id)
  const all = parseIds((await run(['api', 'listSqlJobs', '--all', '--json'])).stdout)
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(40)
  expect(parseIds((await run(['api', 'listSqlJobs', '--limit', '7'])).stdout)).toEqual(all.slice(0, 7))
})

test('--all fails for an operation that returns no paginated list', async () => {
  const { run } = await startMock()
  expect(await run(['api', 'getBatch', `batch_id=${batch}`, '--all'])).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: getBatch does not return a paginated list. Omit --all and --limit.\n',
  })
})

test('converts arguments to the types of the spec, and rejects arguments that it cannot convert', async () => {
  const { run } = await startMock()
  expect((await run(['api', 'listBatches', 'size=1', 'from=0'])).exitCode).toBe(0)
  expect(await run(['api', 'listBatches', 'size=many'])).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: listBatches: size must be an integer, but is "many"\n',
  })
})

test('rejects arguments that are unknown, missing or have no =', async () => {
  const { mock, run } = await startMock()
  expect((await run(['api', 'getBatch', 'batchid=1'])).stderr).toBe(
    'jobscope: Unknown parameter "batchid" of getBatch. Did you mean batch_id?\n',
  )
  expect((await run(['api', 'getBatch'])).stderr).toMatch(/^jobscope: getBatch: batch_id is missing/)
  expect((await run(['api', 'getBatch', batch])).stderr).toBe(
    `jobscope: Invalid argument "${batch}". Expected name=value.\n`,
  )
  expect(mock.requests).toEqual([])
})

test('reads a request body from a file or from standard input', async () => {
  const { run } = await startMock()
  const cwd = createFolder({ 'job.yaml': 'file: obs://bucket/job.jar\nclassName: Main\n' })
  const fromFile = await run(['api', 'createBatch', '--body', 'job.yaml'], { cwd })
  expect(JSON.parse(fromFile.stdout)).toMatchObject({ state: 'starting' })
  const input = '{"file":"obs://bucket/job.jar","className":"Main"}'
  expect((await run(['api', 'createBatch', '--body', '-'], { input })).exitCode).toBe(0)
  expect(await run(['api', 'createBatch'])).toMatchObject({
    exitCode: 2,
    stderr: 'jobscope: createBatch requires a request body. Use --body <file>, or --body - for standard input.\n',
  })
})

test('--describe prints the parameters and a valid example of the request body', async () => {
  const { stdout } = await runCommand(['api', 'createBatch', '--describe'])
  expect(stdout).toContain('dli.createBatch  POST /v2.0/{project_id}/batches')
  expect(stdout).toMatch(/^file +string, required: /m)
  expect(stdout).toContain('form 1 of 2: ')
  const input = stdout.split('Example of the request body\n')[1] ?? ''
  const { run } = await startMock()
  expect((await run(['api', 'createBatch', '--body', '-'], { input })).exitCode).toBe(0)
})

test('prints an error of the service on one line, and exits with the code for this kind of error', async () => {
  const { run } = await startMock()
  const unknown = '0a324461-d9d9-45da-a52a-3b3c7a3d8099'
  await run(['api', 'createBatch', '--body', '-'], { input: '{"file":"obs://b/j.jar","className":"M"}' })
  const notFound = await run(['api', 'getBatch', `batch_id=${unknown}`])
  expect(notFound.exitCode).toBe(6)
  expect(notFound.stderr).toMatch(/^jobscope: getBatch: DLI\.0023 .*\n$/)
})

test('exits with 4 if the endpoint cannot be reached', async () => {
  const { mock, run } = await startMock()
  await mock.close()
  const { exitCode, stderr } = await run(['api', 'createBatch', '--body', '-'], {
    input: '{"file":"f","className":"M"}',
  })
  expect(exitCode).toBe(4)
  expect(stderr).toMatch(/^jobscope: createBatch: .*ECONNREFUSED.* Check --endpoint, --region and the network\.\n$/)
  expect(stderr).toContain(`127.0.0.1:${mock.port}`)
})

test('never prints a value that the spec marks as sensitive, even if it is invalid', async () => {
  const createInput = (password: unknown) =>
    JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'ada', password, domain: { name: 'd' } } } },
      },
    })
  for (const secret of [90_125_331, { value: 'hunter2-90125331' }, ['hunter2-90125331']]) {
    const { exitCode, stdout, stderr } = await runCommand(
      ['api', 'createToken', '--body', '-', '--endpoint', 'http://127.0.0.1:9'],
      { input: createInput(secret) },
    )
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/auth\.identity\.password\.user\.password must be a string\n/)
    expect(stdout + stderr).not.toContain('90125331')
  }
})

test('--describe --json and --yaml print the description as one object', async () => {
  const describe = ['api', 'createBatch', '--describe']
  const { stdout, exitCode } = await runCommand([...describe, '--json'])
  expect(exitCode).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  const description = JSON.parse(stdout)
  expect(description).toMatchObject({ service: 'dli', operation: 'createBatch', method: 'POST' })
  expect(description.parameters[0]).toMatchObject({ name: 'project_id', in: 'path', type: 'string', required: true })
  const { mediaType, forms, example } = description.body
  expect(mediaType).toBe('application/json')
  expect(forms[0].members).toContainEqual(expect.objectContaining({ name: 'file', type: 'string', required: true }))
  expect(typeof example.file).toBe('string')
  expect(parse((await runCommand([...describe, '--yaml'])).stdout)).toEqual(description)
})
