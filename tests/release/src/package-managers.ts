import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { createEmptyEnvironment } from './empty-environment.ts'
import { type Registry, registryFolder } from './registry.ts'
import { repository } from './repository.ts'

/** How a package manager adds packages, runs the program of a package, and runs a file. */
export interface PackageManager {
  readonly name: string
  /** The command that the README of the mock requires before the packages are added. */
  readonly prepare?: readonly string[]
  add(packages: readonly string[]): readonly string[]
  bin(name: string, args: readonly string[]): readonly string[]
  file(path: string): readonly string[]
}

const binary = (name: string): string => join(registryFolder, 'node_modules/.bin', name)

/** Returns the arguments of a command that the README of the mock contains. */
function readCommandOfMock(start: string): readonly string[] {
  const readme = readFileSync(join(repository, 'packages/mock/README.md'), 'utf8')
  const line = readme.split('\n').find(text => text.startsWith(start))
  if (line === undefined) throw new Error(`packages/mock/README.md has no line that starts with ${start}.`)
  return line
    .split(' ')
    .slice(1)
    .map(word => word.replaceAll("'", ''))
}

const bun = ['linux-x64', 'linux-aarch64', 'darwin-x64', 'darwin-aarch64']
  .map(platform => join(registryFolder, `node_modules/@oven/bun-${platform}/bin/bun`))
  .find(existsSync)

export const packageManagers: readonly PackageManager[] = [
  {
    name: 'npm',
    add: packages => [binary('npm'), 'install', '--no-audit', '--no-fund', ...packages],
    bin: (name, args) => [binary('npm'), 'exec', '--', name, ...args],
    file: path => [process.execPath, path],
  },
  {
    name: 'pnpm',
    prepare: [binary('pnpm'), ...readCommandOfMock('pnpm config set')],
    add: packages => [binary('pnpm'), 'add', ...packages],
    bin: (name, args) => [binary('pnpm'), 'exec', name, ...args],
    file: path => [process.execPath, path],
  },
  {
    name: 'yarn',
    add: packages => [binary('yarn'), 'add', ...packages],
    bin: (name, args) => [binary('yarn'), 'run', name, ...args],
    file: path => [binary('yarn'), 'node', path],
  },
  {
    name: 'bun',
    add: packages => [`${bun}`, 'add', ...packages],
    bin: (name, args) => [`${bun}`, 'x', '--bun', name, ...args],
    file: path => [`${bun}`, path],
  },
]

/**
 * Writes the files of an empty project that installs from a registry. Returns the environment of the project, with an empty home folder.
 */
export function createProject(folder: string, registry: Registry): NodeJS.ProcessEnv {
  const env = createEmptyEnvironment(join(folder, 'home'))
  const manifest = { name: 'project', version: '1.0.0', private: true, type: 'module' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, '.npmrc'), registry.npmrc())
  const yarnrc = {
    npmRegistryServer: registry.url,
    unsafeHttpWhitelist: ['127.0.0.1'],
    enableTelemetry: false,
    // By default, yarn does not install versions that are less than a day old.
    npmMinimalAgeGate: 0,
    // The README of the mock requires this setting.
    nodeLinker: 'node-modules',
  }
  writeFileSync(join(folder, '.yarnrc.yml'), JSON.stringify(yarnrc))
  writeFileSync(join(folder, 'yarn.lock'), '')
  return { ...env, PATH: `${dirname(process.execPath)}${delimiter}${env['PATH']}` }
}
