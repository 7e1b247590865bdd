import { ArgumentError, ConfigurationError, isApiError, JobFailedError, token, WaitTimeoutError } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { expect, test } from 'vitest'
import { createJobs, JobsFailedError } from '../src/index.ts'
import { createClients, setUp } from './set-up.ts'

const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup', name: 'rollup' } }

test('gets a job by its reference', async () => {
  const { mock, clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const job = await jobs.get(`dli:batch:${id}`)
  expect(job).toMatchObject({ service: 'dli', kind: 'batch', id, name: 'rollup', state: 'starting' })
  expect(job.createdAt?.getTime()).toBe(mock.clock.now())
  expect(job.raw.id).toBe(id)
})

test('rejects with a not-found error if the job does not exist', async () => {
  const { clients, jobs } = await setUp()
  await clients.dli.createBatch(batch)
  for (const ref of ['dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', 'res:job-instance:w1/r1/RECALL/none']) {
    const error = await jobs.get(ref).catch((error: unknown) => error)
    expect(isApiError(error) && error.kind, ref).toBe('not-found')
  }
})

test.each([
  [
    'nosuch:batch:1',
    'Unknown service "nosuch" in job reference "nosuch:batch:1". Known services: dli, modelarts, cs, res.',
  ],
  ['dli:nosuch:1', 'Unknown kind "nosuch" in job reference "dli:nosuch:1". Kinds of dli: batch, sql-job, flink-job.'],
  ['dli:batch:1/2', 'The ID in job reference "dli:batch:1/2" has 2 parts. Expected dli:batch:<batch_id>.'],
])('rejects the reference %s before it sends a request', async (ref, message) => {
  const { mock, jobs } = await setUp()
  for (const call of [() => jobs.get(ref), () => jobs.cancel(ref), () => jobs.wait(ref)])
    await expect(call()).rejects.toThrow(new ArgumentError(undefined, 'ref', message))
  expect(mock.requests).toEqual([])
})

test('rejects a client without job kinds, and a client name that cannot be part of a reference', async () => {
  const { clients } = await setUp()
  expect(() => createJobs({ east: {} })).toThrow(
    new ConfigurationError(
      'clients.east',
      'The service of the client "east" has no job kinds. Pass a client of another service.',
    ),
  )
  expect(() => createJobs({ 'a:b': clients.dli })).toThrow(
    new ConfigurationError('clients.a:b', 'Invalid client name "a:b". Use letters, digits, ".", "-" and "_".'),
  )
})

test('waits until a job has ended, and cancels a job', async () => {
  const { clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const seen: string[] = []
  const job = await jobs.wait(`dli:batch:${id}`, { onChange: ({ rawState }) => seen.push(rawState) })
  expect(job.state).toBe('succeeded')
  expect(seen).toEqual(['starting', 'running', 'success'])

  const other = await clients.dli.createBatch(batch)
  await jobs.cancel(`dli:batch:${other.id}`)
  await expect(jobs.wait(`dli:batch:${other.id}`)).rejects.toThrow(JobFailedError)
})

test('a wait rejects after its timeout', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  const { id } = await clients.dli.createBatch(batch)
  await expect(jobs.wait([`dli:batch:${id}`], { timeout: '5m' })).rejects.toThrow(WaitTimeoutError)
})

test('returns the reference of a job that a call created', async () => {
  const { clients, jobs } = await setUp()
  const ref = jobs.getRef('dli', 'createBatch', await clients.dli.createBatch(batch))
  expect((await jobs.get(ref ?? '')).state).toBe('starting')
  // A statement that was completed at once has no ID.
  expect(jobs.getRef('dli', 'submitSqlJob', { is_success: true })).toBeUndefined()
  const args = { workspace_id: 'w1', resource_id: 'r1', body: { category: 'RECALL' } }
  expect(jobs.getRef('res', 'createJobInstance', { job: { job_id: '7' } }, args)).toBe(
    'res:job-instance:w1/r1/RECALL/7',
  )
  expect(() => jobs.getRef('res', 'createJobInstance', { job: { job_id: '7' } })).toThrow(
    'The response of createJobInstance has no workspace_id. Pass workspace_id in args.',
  )
  expect(() => jobs.getRef('cs', 'getJob', {})).toThrow(
    'cs.getJob does not create jobs. Expected one of: createSqlJob, createJarJob.',
  )
})

test('get reads the progress of a running job', async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('dli:sql-job')[0]?.ref ?? ''
  mock.jobs.setScenario(ref, ['RUNNING'])
  const { progress } = await jobs.get(ref)
  expect(progress).toBeTypeOf('number')
  mock.jobs.setScenario(ref, ['FINISHED'])
  expect((await jobs.get(ref)).progress).toBeUndefined()
})

test.each([
  ['no number', Response.json({ progress: 'half' })],
  ['an error', Response.json({}, { status: 403 })],
])('get returns a running job without its progress if the service returns %s', async (_, response) => {
  const { mock } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('dli:sql-job')[0]?.ref ?? ''
  mock.jobs.setScenario(ref, ['RUNNING'])
  const fetchProgress: typeof fetch = async (input, init) =>
    `${input instanceof Request ? input.url : input}`.includes('/progress') ? response : fetch(input, init)
  const options = { endpoint: mock.url('dli'), projectId: 'p1', credentials: token('t'), fetch: fetchProgress }
  const job = await createJobs({ dli: createDliClient(options) }).get(ref)
  expect(job).toMatchObject({ state: 'running', progress: undefined })
})

test('rejects a reference whose ID has too few or too many parts', async () => {
  const { jobs } = await setUp()
  await expect(jobs.get('modelarts:training-version:1')).rejects.toThrow(
    'The ID in job reference "modelarts:training-version:1" has 1 part. Expected modelarts:training-version:<job_id>/<version_id>.',
  )
  await expect(jobs.get('dli:batch:1/2')).rejects.toThrow(
    'The ID in job reference "dli:batch:1/2" has 2 parts. Expected dli:batch:<batch_id>.',
  )
})

test('the error of getRef names the operations that create jobs, if the service has such operations', async () => {
  const { jobs } = await setUp()
  expect(() => jobs.getRef('cs' as 'dli', 'getJob', {})).toThrow(
    /^cs\.getJob does not create jobs\. Expected one of: \w+/,
  )
  expect(() => jobs.getRef('ecs' as 'dli', 'createServer', {})).toThrow(/^ecs\.createServer does not create jobs\.$/)
})

test('waits until all jobs have ended, and then reports the failed jobs', async () => {
  const { mock, clients, jobs } = await setUp()
  const ids = await Promise.all([1, 2, 3, 4].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[1] ?? '', 'fail')
  mock.jobs.setScenario(refs[2] ?? '', 'fail')
  const error: unknown = await jobs.wait(refs).catch((error: unknown) => error)
  if (!(error instanceof JobsFailedError)) throw error
  expect(error).toBeInstanceOf(JobFailedError)
  expect(error.ref).toBe(refs[1])
  expect(error.message).toMatch(/ended in state dead \(failed\)\..* 2 of 4 jobs did not succeed\.$/s)
  expect(error.jobs.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'failed', 'succeeded'])
  expect((await jobs.wait([refs[3] ?? '', refs[0] ?? ''])).map(({ ref }) => ref)).toEqual([refs[3], refs[0]])
})

test('mode any waits for the first of several jobs', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2, 3].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[1] ?? '', 'run')
  expect((await jobs.wait(refs, { mode: 'any' })).ref).toBe(refs[1])
  await expect(jobs.wait([], { mode: 'any' })).rejects.toThrow('refs is empty')
  expect(await jobs.wait([])).toEqual([])
})

test("waits until a job that does not end by itself is running; with `until: 'ended'`, waits until the job has ended", async () => {
  const { mock, jobs } = await setUp({ seedJobs: 9 })
  const ref = mock.jobs.list('cs:job')[0]?.ref ?? ''
  mock.jobs.setScenario(ref, 'run')
  expect((await jobs.wait(ref)).state).toBe('running')
  const timedOut = jobs.wait(ref, { until: 'ended', timeout: '10m' })
  await expect(timedOut).rejects.toBeInstanceOf(WaitTimeoutError)
  await expect(timedOut).rejects.toThrow(`job ${ref} is still in state running (job_running) after 10m`)
  mock.jobs.setScenario(ref, ['job_init'])
  await expect(jobs.wait(ref)).rejects.toThrow('is in state job_init, which it does not leave by itself')
})

test('a wait can be resumed with the handle of a WaitTimeoutError', async () => {
  const { mock, clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  mock.jobs.setScenario(refs[0] ?? '', 'run')
  const error: unknown = await jobs.wait(refs, { timeout: '5m' }).catch((error: unknown) => error)
  if (!(error instanceof WaitTimeoutError)) throw error
  expect(error.message).toBe(`wait: job ${refs[1]} is still in state running after 5m. Unfinished jobs continue.`)
  const { args } = JSON.parse(JSON.stringify(error.handle)) as { args: { refs: string[] } }
  expect(args.refs).toEqual([refs[1]])
  mock.jobs.setScenario(refs[1] ?? '', 'run')
  expect((await jobs.wait(args.refs)).map(({ state }) => state)).toEqual(['succeeded'])
})

test('a wait rejects with the error that onChange rejects with', async () => {
  const { clients, jobs } = await setUp()
  const { id } = await clients.dli.createBatch(batch)
  const wait = jobs.wait(`dli:batch:${id}`, { onChange: () => Promise.reject(new Error('disk full')) })
  await expect(wait).rejects.toThrow('disk full')
})

test('aborting a wait cancels the jobs only if cancelOnAbort is set', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  for (const cancelOnAbort of [false, true]) {
    const { id } = await clients.dli.createBatch(batch)
    const controller = new AbortController()
    const onChange = () => controller.abort(new Error('stopped'))
    const wait = jobs.wait(`dli:batch:${id}`, { signal: controller.signal, onChange, cancelOnAbort })
    await expect(wait).rejects.toThrow('stopped')
    expect((await jobs.get(`dli:batch:${id}`)).rawState === 'dead').toBe(cancelOnAbort)
  }
})

test('the error of a timeout counts the jobs that have not ended, and says whether they were canceled', async () => {
  const { clients, jobs } = await setUp({ scenario: 'hang' })
  const ids = await Promise.all([1, 2].map(async () => (await clients.dli.createBatch(batch)).id))
  const refs = ids.map(id => `dli:batch:${id}`)
  const getMessage = async (given: readonly string[], options: object) =>
    `${await jobs.wait(given, options).catch((error: unknown) => error)}`
  expect(await getMessage(refs, { timeout: 60_000 })).toMatch(
    / after 60000 ms\. Jobs that have not ended: 2\. .* continue\.$/,
  )
  expect(await getMessage([refs[0] ?? ''], { timeout: '1m' })).not.toContain('Jobs that have not ended: ')
  expect(await getMessage(refs, { timeout: '1m', cancelOnTimeout: true })).toMatch(/ Cancellation was requested\.$/)
})

test('the error of a timeout says that no poll succeeded if the job was never read', async () => {
  const { mock } = await setUp({ seedJobs: 9 })
  const jobs = createJobs(createClients(mock, { dli: { retry: false } }), { clock: mock.clock })
  const ref = mock.jobs.list('dli:batch')[0]?.ref ?? ''
  mock.faults.set([{ fault: 'error', status: 503 }])
  const wait = jobs.wait(ref, { timeout: '1s' })
  await expect(wait).rejects.toThrow(
    `no poll of job ${ref} succeeded within 1s. Unfinished jobs continue. Last error: `,
  )
})

test('the error of a timeout contains the last error if the job was never found', async () => {
  const { jobs } = await setUp()
  const ref = 'dli:batch:00000000-0000-4000-8000-000000000000'
  const wait = jobs.wait(ref, { timeout: '10s', notFoundGrace: '1h' })
  await expect(wait).rejects.toMatchObject({
    name: 'WaitTimeoutError',
    message: expect.stringMatching(
      /^wait: no poll of job \S+ succeeded within 10s\. .* Last error: getBatch: .*HTTP 40\d/,
    ),
    cause: { name: 'ApiError', kind: 'not-found' },
  })
})

test('the error of a timeout says that a batch that failed a moment ago may still recover', async () => {
  const { clients, jobs } = await setUp({ scenario: 'fail' })
  const { id } = await clients.dli.createBatch(batch)
  await jobs.cancel(`dli:batch:${id}`)
  await expect(jobs.wait(`dli:batch:${id}`, { timeout: '30s' })).rejects.toThrow(
    `wait: job dli:batch:${id} is still in state failed (dead) after 30s, but may recover. Unfinished jobs continue.`,
  )
})
