import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneRepository } from '../src/clone.ts'
import { withInstalledMock } from '../src/installed-mock.ts'
import { createProject, packageManagers } from '../src/package-managers.ts'
import { readReadmeExample } from '../src/readme-example.ts'
import { type Registry, startRegistry } from '../src/registry.ts'
import { bumpForBreakingChange, type Package, publish, releaseEnvironment, versionAndPack } from '../src/release.ts'
import { run, tryToRun } from '../src/run.ts'

/**
 * Rehearses two releases of the last commit with a local registry. The first release uses the pending changesets. If there are none, it has
 * the version that the last commit already contains. This is the case on the pull request "Version packages", which removes the pending
 * changesets, and after the merge of this pull request. The second release has a breaking change of core.
 */

const folder = mkdtempSync(join(tmpdir(), 'jobscope-rehearsal-'))
const clone = join(folder, 'clone')
const env = releaseEnvironment()
let registry: Registry
let first: readonly Package[] = []
let firstVersion = ''

const newFolder = (name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

const expectTagOfEachPackage = (version: string): void => {
  const tags = run(['git', 'tag', '--list', `*@${version}`], clone, env)
    .trim()
    .split('\n')
  expect(tags.sort()).toEqual(first.map(({ name }) => `${name}@${version}`).sort())
}

/** Reads a file of a published tarball. */
const readFromTarball = async (name: string, version: string, file: string): Promise<string> => {
  const { dist } = await registry.read(name, version)
  const response = await fetch(dist.tarball)
  const tarball = join(folder, 'tarball.tgz')
  writeFileSync(tarball, new Uint8Array(await response.arrayBuffer()))
  return run(['tar', '-xzOf', tarball, `package/${file}`], folder, env)
}

beforeAll(async () => {
  registry = await startRegistry(newFolder('registry'))
  cloneRepository(clone)
  run(['pnpm', 'install', '--frozen-lockfile', '--ignore-scripts'], clone, env)
  first = versionAndPack(clone, registry, env)
  firstVersion = `${first[0]?.version}`
}, 1_800_000)

afterAll(async () => {
  await registry?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a release without a token publishes nothing', async () => {
  expect(publish(clone, registry, env, { token: false }).status).toBe(1)
  const { status } = await fetch(`${registry.url}@jobscope/core`)
  expect(status).toBe(404)
})

describe('the first release', () => {
  beforeAll(() => {
    const { status, stdout, stderr } = publish(clone, registry, env, { token: true })
    if (status !== 0) throw new Error(`Publishing failed.\n${stdout}\n${stderr}`)
  }, 1_800_000)

  test('gives all packages the same version', () => {
    expect(first.length).toBeGreaterThanOrEqual(10)
    expect(new Set(first.map(({ version }) => version))).toEqual(new Set([firstVersion]))
    expect(firstVersion).not.toBe('0.0.0')
  })

  test('tags each package in git', () => expectTagOfEachPackage(firstVersion))

  test.each(packageManagers)(
    'installs with $name, and the example of the README prints the output that the README shows',
    async manager => {
      const project = newFolder(manager.name)
      const own = createProject(project, registry)
      if (manager.prepare) run(manager.prepare, project, own)
      const added = tryToRun(
        manager.add(['@jobscope/core', '@jobscope/dli', '@jobscope/mock', 'jobscope']),
        project,
        own,
      )
      expect(added.status, `${added.stdout}${added.stderr}`).toBe(0)
      expect(run(manager.bin('jobscope', ['--version']), project, own).trim()).toBe(firstVersion)

      const mock = manager.bin('jobscope-mock', ['--port', '0'])
      const { printed, expected } = await withInstalledMock(mock, project, own, port => {
        const { code, output } = readReadmeExample(port)
        writeFileSync(join(project, 'example.ts'), code)
        return { printed: run(manager.file('example.ts'), project, own), expected: output }
      })
      expect(printed.trim()).toBe(expected.trim())
    },
    1_800_000,
  )
})

describe('a second release with a breaking change of core', () => {
  let second: readonly Package[] = []
  let secondVersion = ''

  beforeAll(() => {
    const { bump, next } = bumpForBreakingChange(firstVersion)
    secondVersion = next
    const text = `---\n'@jobscope/core': ${bump}\n---\n\nBreaking: the rehearsal renamed an option.\n`
    writeFileSync(join(clone, '.changeset/rehearsal.md'), text)
    second = versionAndPack(clone, registry, env)
    const { status, stdout, stderr } = publish(clone, registry, env, { token: true })
    if (status !== 0) throw new Error(`Publishing failed.\n${stdout}\n${stderr}`)
  }, 1_800_000)

  test('gives every package the next version for a breaking change', () => {
    expect(second.map(({ name, version }) => `${name} ${version}`)).toEqual(
      first.map(({ name }) => `${name} ${secondVersion}`),
    )
  })

  test('tags each package in git', () => expectTagOfEachPackage(secondVersion))

  test('leaves a repository that passes the linters', () => {
    const { status, stdout, stderr } = tryToRun(['pnpm', 'lint:repo'], clone, env)
    expect(status, `${stdout}${stderr}`).toBe(0)
  }, 1_800_000)

  test('publishes packages whose dependencies on each other have exactly the new version', async () => {
    const dependents = second.filter(({ internalDependencies }) => internalDependencies.length > 0)
    expect(dependents.map(({ name }) => name)).toContain('@jobscope/mock')
    for (const { name, version, internalDependencies } of dependents) {
      const { dependencies = {}, optionalDependencies = {} } = await registry.read(name, version)
      const published = { ...dependencies, ...optionalDependencies }
      expect(internalDependencies.map(to => `${name} -> ${to} ${published[to]}`)).toEqual(
        internalDependencies.map(to => `${name} -> ${to} ${version}`),
      )
    }
  })

  test('publishes a tarball of core whose changelog has the changes of both releases', async () => {
    const changelog = await readFromTarball('@jobscope/core', secondVersion, 'CHANGELOG.md')
    expect(changelog).toContain(`## ${firstVersion}\n`)
    expect(changelog).toContain(`## ${secondVersion}\n`)
    expect(changelog).toContain('the rehearsal renamed an option')
  })

  test('publishes a tarball of the specs with the changes since the first release', async () => {
    const read = async (version: string) =>
      JSON.parse(await readFromTarball('@jobscope/specs', version, 'dist/changes.json'))
    expect(await read(firstVersion)).toMatchObject({ from: null, to: firstVersion })
    expect(await read(secondVersion)).toMatchObject({ from: firstVersion, to: secondVersion, services: { dli: [] } })
  })

  test('publishes a changelog in every tarball', async () => {
    for (const { name, version } of second) {
      expect(await readFromTarball(name, version, 'CHANGELOG.md')).toContain(`# ${name}\n`)
    }
  })

  test('updates all packages of a project to the same version', () => {
    const [npm] = packageManagers
    if (npm === undefined) throw new Error('There is no npm.')
    const project = newFolder('update')
    const own = createProject(project, registry)
    run(npm.add([`@jobscope/core@${firstVersion}`, `@jobscope/dli@${firstVersion}`]), project, own)
    run(npm.add(['@jobscope/core@latest', '@jobscope/dli@latest']), project, own)
    const tree = run(npm.bin('npm', ['ls', '--all', '--parseable', '--long']), project, own)
    expect(new Set(tree.match(/@jobscope\/core@[\d.]+/g))).toEqual(new Set([`@jobscope/core@${secondVersion}`]))
  }, 1_800_000)
})
