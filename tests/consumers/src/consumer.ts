import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
export const installed = join(root, 'installed/node_modules')

/** The packages that a program can use in every runtime. */
const packages = ['core', 'cs', 'dli', 'iam', 'jobs', 'modelarts', 'res']

/** Maximum time of a program, in ms. It only stops a program that hangs. */
const timeout = 300_000

/**
 * Runs a program of `installed` in a folder, with the Node of this test or with another Node. Returns the exit code and the output of the
 * program.
 */
export function run(file: string, args: readonly string[], cwd: string, node = process.execPath) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    VITEST: undefined,
    NODE_ENV: undefined,
  }
  const { status, stdout, stderr } = spawnSync(node, [file, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout,
  })
  return { status, output: `${stdout}${stderr}` }
}

/** A project with the packed packages and the installed tools. */
export interface Consumer {
  readonly folder: string
  /** Writes a file of the project, and returns its path. */
  write(name: string, text: string | object): string
  remove(): void
}

/** Creates a project outside of this repository. It contains the files that npm would install, not links to the sources. */
export function createConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-consumer-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@jobscope'), { recursive: true })
  for (const name of packages) unpack(join(root, '../../packages', name), join(modules, '@jobscope', name))
  linkAll(installed, modules)
  const write = (name: string, text: string | object) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text, null, 2))
    return path
  }
  write('package.json', { name: 'consumer', private: true, type: 'module' })
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Adds the packages for tests, and their dependencies, to a project. */
export function addTestPackages({ folder }: Consumer): void {
  const modules = join(folder, 'node_modules')
  for (const path of ['specs', 'packages/mock', 'packages/contract']) {
    const source = join(root, '../..', path)
    unpack(source, join(modules, '@jobscope', basename(path)))
    linkAll(join(source, 'node_modules'), modules)
  }
}

/** Links the packages of a folder into another folder, except packages that are already there. */
function linkAll(source: string, target: string): void {
  for (const name of readdirSync(source)) {
    const path = join(target, name)
    if (name.startsWith('@') && name !== '@jobscope') {
      mkdirSync(path, { recursive: true })
      linkAll(join(source, name), path)
    } else if (!name.startsWith('.') && !existsSync(path)) symlinkSync(join(source, name), path)
  }
}

/** Packs a package like `pnpm publish` does, and extracts the tarball. */
function unpack(source: string, target: string): void {
  const tarball = join(target, '../package.tgz')
  execute('pnpm', ['pack', '--out', tarball], source)
  mkdirSync(target)
  execute('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], source)
  rmSync(tarball)
}

function execute(file: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8', timeout })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`)
}
