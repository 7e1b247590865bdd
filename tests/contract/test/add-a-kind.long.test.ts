import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@jobscope/specs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository } from '../src/copy.ts'

/**
 * Adds a job kind to `specs/cs` of a copy of the repository. `new-kind/` contains the job kind and its operations, in the files that
 * specs/README.md lists. After the usual builds, the clients, the job model, the command, the mock and the documentation support the new
 * kind.
 */

const kind = 'cs:night-run'

const copy = await copyRepository()
afterAll(() => copy.remove())

beforeAll(async () => {
  const source = join(import.meta.dirname, '..', 'new-kind')
  for (const folder of ['paths', 'components', 'examples', 'jobs']) {
    await cp(join(source, folder), copy.path(`specs/cs/${folder}`), { recursive: true })
  }
  const entry = '  night-run:\n    $ref: jobs/night-run.yaml\n'
  const paths = [
    '  /v1.0/{project_id}/night_runs:\n    $ref: paths/night_runs.yaml\n',
    '  /v1.0/{project_id}/night_runs/{run_id}:\n    $ref: paths/night_runs_{run_id}.yaml\n',
  ]
  const index = copy.path('specs/cs/openapi.yaml')
  const text = await readFile(index, 'utf8')
  await writeFile(
    index,
    text.replace(/^paths:\n/m, line => line + paths.join('')).replace(/^x-jobs:\n/m, line => line + entry),
  )

  await copy.run('specs', 'lint')
  await copy.run('specs', 'build')
  await copy.run('packages/core', 'build')
  await copy.run('tools/codegen', 'generate')
  for (const name of [...services, 'jobs', 'mock', 'contract', 'otel', 'watcher', 'cli'])
    await copy.run(`packages/${name}`, 'build')
})

/** The first lines of modules that run in `packages/jobs`: a mock with jobs of all kinds, and a job client for all services. */
const setUp = `
  import { token } from '@jobscope/core'
  import { createCsClient } from '@jobscope/cs'
  import { createDliClient } from '@jobscope/dli'
  import { createMock } from '@jobscope/mock'
  import { createModelArtsClient } from '@jobscope/modelarts'
  import { createResClient } from '@jobscope/res'
  import { createJobs } from './dist/index.js'
  const mock = await createMock({ seedJobs: 5000, requestLimit: 100000 })
  const make = (create, service) => create({
    endpoint: mock.url(service), projectId: 'p', credentials: token('t'), workspaceId: 'w1', resourceId: 'r1',
  })
  const cs = make(createCsClient, 'cs')
  const jobs = createJobs({
    cs, dli: make(createDliClient, 'dli'), modelarts: make(createModelArtsClient, 'modelarts'), res: make(createResClient, 'res'),
  }, { clock: mock.clock })
`

describe(`after adding ${kind} to the spec`, () => {
  test('the job model lists, watches, waits for and cancels jobs of the new kind', async () => {
    const found = await copy.evaluate(
      'packages/jobs',
      `${setUp}
       const listed = []
       for await (const { ref } of jobs.list()) listed.push(ref)
       const all = mock.jobs.list().map(({ ref }) => ref)
       const ref = jobs.getRef('cs', 'createNightRun', await cs.createNightRun({ body: { name: 'inventory' } }))
       const events = []
       for await (const { type, job } of jobs.watch([ref])) events.push(type + ' ' + job.rawState)
       const { name, state } = await jobs.wait(ref)
       const other = jobs.getRef('cs', 'createNightRun', await cs.createNightRun({ body: { name: 'other' } }))
       await jobs.cancel(other)
       console.log(JSON.stringify({
         kinds: jobs.kinds.length,
         jobs: all.length,
         same: JSON.stringify(listed.toSorted()) === JSON.stringify(all.toSorted()),
         own: listed.filter(ref => ref.startsWith('${kind}:')).length,
         events, name, state,
         canceled: (await jobs.get(other)).state,
       }))
       await mock.close()`,
    )
    expect(found).toEqual({
      kinds: 10,
      jobs: 5000,
      same: true,
      own: 500,
      events: ['appeared WAITING', 'changed EXECUTING', 'ended FINISHED'],
      name: 'inventory',
      state: 'succeeded',
      canceled: 'canceled',
    })
  })

  test('the tests of the specs and of the clients pass', async () => {
    await copy.run('specs', 'test', 'test/bundles.test.ts', 'test/extensions.test.ts')
    const files = ['coverage', 'successes', 'failures', 'lists', 'job-lifecycle', 'job-states']
    await copy.run('tests/contract', 'test', ...files.map(name => `test/${name}.test.ts`), '--testNamePattern=cs')
  }, 900_000)

  test('raw jobs of the new kind have types', async () => {
    const source = `
      import { createCsClient } from '@jobscope/cs'
      import { createJobs, type JobOf } from '../src/index.ts'
      const jobs = createJobs({ cs: createCsClient({ projectId: 'p', endpoint: '', credentials: { authorize: () => {} } as never }) })
      export async function typed(job: JobOf<{ cs: ReturnType<typeof createCsClient> }>) {
        if (job.kind === 'night-run') job.raw.created satisfies number
        const { raw } = await jobs.get('${kind}:1')
        // @ts-expect-error A night run has no such member.
        void raw.cluster_id
      }
    `
    await writeFile(copy.path('packages/jobs/test/night-run.test-d.ts'), source)
    await copy.run('packages/jobs', 'typecheck')
  })

  test('the command lists and gets jobs of the new kind, and prints the states of the kind', async () => {
    const output = await copy.evaluate(
      'packages/cli',
      `import { execFile } from 'node:child_process'
       import { promisify } from 'node:util'
       import { createMock } from '@jobscope/mock'
       const mock = await createMock({ seedJobs: 100 })
       const run = async (...args) => {
         const flags = ['--json', '--endpoint', mock.origin]
         const { stdout } = await promisify(execFile)(process.execPath, ['dist/bin.js', ...args, ...flags])
         return stdout.trim().split('\\n').map(line => JSON.parse(line))
       }
       const states = (await promisify(execFile)(process.execPath, ['dist/bin.js', 'states', '${kind}', '--json'])).stdout
       const listed = await run('ls', '--kind', '${kind}', '--all')
       console.log(JSON.stringify({
         states: states.trim().split('\\n').map(line => JSON.parse(line).rawState),
         kinds: [...new Set(listed.map(({ ref }) => ref.split(':').slice(0, 2).join(':')))],
         got: (await run('get', listed[0].ref))[0].ref === listed[0].ref,
       }))
       await mock.close()`,
    )
    expect(output).toEqual({
      states: ['WAITING', 'EXECUTING', 'FINISHED', 'STOPPED', 'CRASHED'],
      kinds: [kind],
      got: true,
    })
  })

  test('the documentation has the states and operations of the new kind', async () => {
    const found = await copy.evaluate(
      'apps/docs',
      `import { readAllBundles } from './src/lib/operation-pages.ts'
       import { buildStateTables } from './src/lib/state-table.ts'
       const table = buildStateTables(readAllBundles().cs).find(({ kind }) => kind === 'night-run')
       console.log(JSON.stringify({
         title: table.title,
         rows: table.rows.map(({ rawState, state }) => [rawState, state]),
         operations: table.operations.map(({ operationId }) => operationId),
       }))`,
    )
    expect(found).toEqual({
      title: 'Night run',
      rows: [
        ['WAITING', 'queued'],
        ['EXECUTING', 'running'],
        ['FINISHED', 'succeeded'],
        ['STOPPED', 'canceled'],
        ['CRASHED', 'failed'],
      ],
      operations: ['createNightRun', 'getNightRun', 'listNightRuns', 'cancelNightRun'],
    })
  })
})
