import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { redocly } from '../redocly.ts'

const git = (root: string, ...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** Returns the tag of the last release of the specs, or the first commit if there is no release. */
export function lastRelease(root: string): string {
  const [tag] = git(root, 'tag', '--list', '@jobscope/specs@*', '--sort=-v:refname').split('\n')
  return tag || (git(root, 'rev-list', '--max-parents=0', 'HEAD').split('\n').at(-1) as string)
}

/** Returns the version of the specs in a commit, or 0.0.0 if the commit contains no specs. */
export function versionAt(root: string, commit: string): string {
  if (git(root, 'ls-tree', commit, 'specs/package.json') === '') return '0.0.0'
  return JSON.parse(git(root, 'show', `${commit}:specs/package.json`)).version
}

/** Bundles the specs of a commit. Returns the path of each bundle, by the name of the bundle. */
export function bundlesAt(root: string, commit: string, folder: string): ReadonlyMap<string, string> {
  mkdirSync(folder, { recursive: true })
  if (git(root, 'ls-tree', commit, 'specs') === '') return new Map()
  const archive = execFileSync('git', ['archive', commit, 'specs'], { cwd: root, maxBuffer: 2 ** 28 })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  return bundle(join(folder, 'specs'))
}

/** Bundles the current specs in a copy, so `dist` does not change. */
export function bundlesNow(root: string, folder: string): ReadonlyMap<string, string> {
  cpSync(join(root, 'specs'), join(folder, 'specs'), {
    recursive: true,
    filter: path => !/\/specs\/(node_modules|dist|test)(\/|$)/.test(path),
  })
  return bundle(join(folder, 'specs'))
}

function bundle(specs: string): ReadonlyMap<string, string> {
  const config = join(specs, 'redocly.yaml')
  if (!existsSync(config)) return new Map()
  const { apis = {} } = parse(readFileSync(config, 'utf8')) as { apis?: Record<string, { output: string }> }
  if (Object.keys(apis).length > 0) redocly(['bundle'], specs)
  return new Map(Object.entries(apis).map(([name, { output }]) => [name, join(specs, output)]))
}
