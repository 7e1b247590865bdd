import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services, specUrl } from '@jobscope/specs'
import { afterAll, describe, expect, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { createMock } from '../src/index.ts'

/** Runs the Arazzo workflows of the specs with `redocly respect` against simulated jobs. Each read moves a job to its next state. */

const require = createRequire(import.meta.url)
const redocly = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js')
const specs = new URL('../../../specs/', import.meta.url)
const folder = await mkdtemp(join(tmpdir(), 'jobscope-workflows-'))
const mock = await createMock({ clock: 'per-poll', strict: true })
afterAll(() => Promise.all([mock.close(), rm(folder, { recursive: true })]))

const bundles = loadBundles()
const getCreatableKinds = (service: string): string[] =>
  Object.entries(bundles.get(service)?.['x-jobs'] ?? {})
    .filter(([, rules]) => rules.operations.create)
    .map(([kind]) => kind)

const withJobs = services.filter(service => getCreatableKinds(service).length > 0)

/** Writes a changed copy of a workflow. The copy reads the bundle and does not wait between polls. */
async function copyWorkflow(service: string, file: string): Promise<string> {
  const text = await readFile(new URL(`${service}/workflows/${file}`, specs), 'utf8')
  const bundle = fileURLToPath(specUrl(service as (typeof services)[number])).replace(/json$/, 'yaml')
  const path = join(folder, `${service}-${file}`)
  const withoutDelays = text
    .replaceAll(/retryAfter: \d+/g, 'retryAfter: 0')
    .replaceAll(/retryLimit: \d+/g, 'retryLimit: 20')
  await writeFile(path, withoutDelays.replace('../openapi.yaml', bundle))
  return path
}

interface Report {
  readonly files: {
    readonly [file: string]: {
      readonly executedWorkflows: readonly { readonly workflowId: string; readonly status: string }[]
    }
  }
}

async function runWorkflows(service: string, files: readonly string[]): Promise<{ output: string; report: Report }> {
  const json = join(folder, `${service}.json`)
  const inputs = ['project_id=p1', 'token=t', 'workspace_id=w1', 'resource_id=r1'].flatMap(input => ['--input', input])
  const server = ['--server', `${service}=${mock.url(service)}`]
  const args = [redocly, 'respect', ...files, ...server, ...inputs, '--json-output', json]
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const output = await new Promise<string>(resolve => {
    execFile(process.execPath, args, { cwd: folder, env }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  return { output, report: JSON.parse(await readFile(json, 'utf8')) as Report }
}

describe.each(withJobs)('%s', service => {
  test('every job kind has a workflow', async () => {
    const files = await readdir(new URL(`${service}/workflows/`, specs))
    expect(files.toSorted()).toEqual(
      getCreatableKinds(service)
        .map(kind => `${kind}.gen.arazzo.yaml`)
        .toSorted(),
    )
  })

  test('all workflows complete', async () => {
    const files = await Promise.all(
      getCreatableKinds(service).map(kind => copyWorkflow(service, `${kind}.gen.arazzo.yaml`)),
    )
    const before = mock.jobs.size
    const { output, report } = await runWorkflows(service, files)
    const ran = Object.values(report.files).flatMap(file => file.executedWorkflows)
    expect(
      ran.filter(({ status }) => status !== 'success'),
      output,
    ).toEqual([])
    expect(ran).toHaveLength(2 * files.length)
    expect(mock.jobs.size - before).toBe(2 * files.length)
  })
})
