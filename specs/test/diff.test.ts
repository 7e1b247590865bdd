import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { largest } from '../scripts/diff/change.ts'
import { neededBump, pendingBump, suffices } from '../scripts/diff/changeset.ts'
import { compare, compareWithRelease } from '../scripts/diff/compare.ts'

const fixture = fileURLToPath(new URL('./fixtures/diff/', import.meta.url))

describe('a repository with a release', () => {
  let root: string

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: root })
  const spec = () => join(root, 'specs/a.yaml')
  const edit = async (from: string, to: string) => {
    const text = await readFile(spec(), 'utf8')
    expect(text).toContain(from)
    await writeFile(spec(), text.replace(from, to))
  }
  const changesOf = async (from: string, to: string) => {
    await edit(from, to)
    return compare(join(fixture, 'specs/a.yaml'), spec(), root)
  }
  const announce = (bump: string) =>
    writeFile(join(root, '.changeset/some-change.md'), `---\n'@jobscope/specs': ${bump}\n---\n\nA change.\n`)

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'jobscope-release-'))
    await cp(fixture, root, { recursive: true })
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--no-gpg-sign', '-m', 'First')
    git('tag', '@jobscope/specs@0.1.0')
  })
  afterEach(() => rm(root, { recursive: true }))

  test('specs without a change need no changeset', () => {
    const { since, services, needed, ok } = compareWithRelease(root)
    expect(since).toBe('@jobscope/specs@0.1.0')
    expect(services.get('a')).toEqual([])
    expect([needed, ok]).toEqual(['none', true])
  })

  test.each([
    ['docs only', 'description: One job.', 'description: A job.'],
    ['docs only', 'page: Reading a job', 'page: Querying a job'],
    ['docs only', 'title: Job\n', 'title: A job\n'],
    ['additive', 'name: { type: string }', 'name: { type: string }\n        owner: { type: string }'],
    [
      'additive',
      'in: path, required: true, schema: { type: string } }',
      '$&\n        - { name: a, in: query, schema: { type: string } }',
    ],
    ['additive', '[RUNNING, DONE]', '[RUNNING, DONE, LOST]'],
    ['additive', 'DONE: { is: succeeded }', 'DONE: { is: succeeded }, LOST: { is: failed }'],
    ['additive', '[A.1]', '[A.1, A.3]'],
    ['additive', 'title: Job\n', 'title: Job\n    polling: { interval: 5, maxInterval: 60 }\n'],
    ['additive', '{ is: succeeded }', '{ is: succeeded, settle: 60 }'],
    ['docs only', '{ is: succeeded }', '{ is: succeeded, description: The job has finished. }'],
    ['breaking', 'operationId: getJob', 'operationId: readJob'],
    ['breaking', 'required: [state]', 'required: []'],
    ['breaking', 'name: { type: string }', 'name: { type: integer }'],
    ['breaking', '/jobs/{job_id}', '/job/{job_id}'],
    ['breaking', '[RUNNING, DONE]', '[RUNNING]'],
    ['breaking', 'DONE: { is: succeeded }', 'DONE: { is: failed }'],
    ['breaking', ', { operation: stopJobs }', ''],
    ['breaking', 'transient: [A.1], ', ''],
  ])('%s: %s', async (size, from, to) => {
    expect(largest(await changesOf(from, to))).toBe(size)
  })

  test('the order of operations in a role does not matter', async () => {
    const [from, to] = [
      '[{ operation: stopJob }, { operation: stopJobs }]',
      '[{ operation: stopJobs }, { operation: stopJob }]',
    ]
    expect(await changesOf(from, to)).toEqual([])
  })

  test('a change of a value that only the mock reads is additive', async () => {
    await edit('title: Job\n', 'title: Job\n    simulation: { paths: { run: [RUNNING] } }\n')
    const before = await readFile(spec(), 'utf8')
    const base = join(root, 'before.yaml')
    await writeFile(base, before)
    await edit('run: [RUNNING]', 'run: [RUNNING, DONE]')
    const changes = compare(base, spec(), root)
    expect(changes).toEqual([
      { size: 'additive', where: '/x-jobs/job/simulation/paths/run/DONE', what: '"DONE" is new' },
    ])
    await writeFile(spec(), before.replace('    simulation: { paths: { run: [RUNNING] } }\n', ''))
    expect(largest(compare(base, spec(), root))).toBe('additive')
  })

  test('before 1.0.0, a breaking change requires a minor release', async () => {
    await edit('operationId: getJob', 'operationId: readJob')
    expect(compareWithRelease(root)).toMatchObject({ needed: 'minor', pending: 'none', ok: false })
    await announce('patch')
    expect(compareWithRelease(root)).toMatchObject({ needed: 'minor', pending: 'patch', ok: false })
    await announce('minor')
    expect(compareWithRelease(root)).toMatchObject({ needed: 'minor', pending: 'minor', ok: true })
  })

  test('if the version was increased but not released, this increase counts instead of changesets', async () => {
    await edit('name: { type: string }', 'other: { type: string }')
    expect(compareWithRelease(root).ok).toBe(false)
    const manifest = join(root, 'specs/package.json')
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('0.1.0', '0.2.0'))
    expect(compareWithRelease(root)).toMatchObject({ needed: 'minor', pending: 'minor', ok: true })
  })

  test('a new service is additive, and a removed service is breaking', async () => {
    await cp(spec(), join(root, 'specs/b.yaml'))
    await writeFile(join(root, 'specs/redocly.yaml'), 'apis:\n  b: { root: b.yaml, output: dist/b.yaml }\n')
    const { services } = compareWithRelease(root)
    expect([...services].map(([name, changes]) => [name, largest(changes)])).toEqual([
      ['a', 'breaking'],
      ['b', 'additive'],
    ])
  })

  test('before the first release, the comparison starts at the first commit', async () => {
    git('tag', '--delete', '@jobscope/specs@0.1.0')
    await edit('operationId: getJob', 'operationId: readJob')
    git('commit', '--quiet', '--no-gpg-sign', '-a', '-m', 'Second')
    expect(largest(compareWithRelease(root).services.get('a') ?? [])).toBe('breaking')
  })
})

test.each([
  [undefined, '0.3.0', 'none'],
  ['docs only', '0.3.0', 'patch'],
  ['additive', '0.3.0', 'patch'],
  ['breaking', '0.3.0', 'minor'],
  ['docs only', '1.2.0', 'patch'],
  ['additive', '1.2.0', 'minor'],
  ['breaking', '1.2.0', 'major'],
] as const)('for a change of size %s after version %s, the required version bump is %s', (size, version, bump) => {
  expect(neededBump(size, version)).toBe(bump)
})

test('the largest bump among the changesets of the package counts', () => {
  const texts = [
    `---\n'@jobscope/specs': patch\n---\nOne.`,
    `---\n"@jobscope/core": major\n"@jobscope/specs": minor\n---\n`,
  ]
  expect(pendingBump(texts, '@jobscope/specs')).toBe('minor')
  expect(pendingBump(['No front matter, but @jobscope/specs: major'], '@jobscope/specs')).toBe('none')
  expect([suffices('minor', 'patch'), suffices('none', 'patch')]).toEqual([true, false])
})
