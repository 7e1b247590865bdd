import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { type Registry, registryFolder } from './registry.ts'
import { run, tryToRun } from './run.ts'

export interface Package {
  readonly name: string
  readonly version: string
  /** Dependencies on other packages of this repository. */
  readonly internalDependencies: readonly string[]
}

/** An environment with the pnpm of the lockfile and an author for commits and tags. */
export const releaseEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(registryFolder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
  GIT_AUTHOR_NAME: 'Rehearsal',
  GIT_AUTHOR_EMAIL: 'rehearsal@localhost',
  GIT_COMMITTER_NAME: 'Rehearsal',
  GIT_COMMITTER_EMAIL: 'rehearsal@localhost',
})

/** Lists the packages of a clone that are published. */
export const listPackages = (clone: string): readonly Package[] =>
  globSync('{specs,packages/*}/package.json', { cwd: clone }).map(path => {
    const { name, version, dependencies, optionalDependencies } = JSON.parse(readFileSync(join(clone, path), 'utf8'))
    const all = Object.entries<string>({ ...dependencies, ...optionalDependencies })
    return {
      name,
      version,
      internalDependencies: all.flatMap(([to, range]) => (range.startsWith('workspace:') ? [to] : [])),
    }
  })

/**
 * Sets the next versions like the job `version` of the release workflow, and commits the result. Without pending changesets, this function
 * does nothing, because the last commit already contains the versions to release.
 */
export function versionPackages(clone: string, env: NodeJS.ProcessEnv): void {
  const changesets = globSync('.changeset/*.md', { cwd: clone }).filter(path => basename(path) !== 'README.md')
  if (changesets.length === 0) return
  run(['pnpm', 'changeset', 'version'], clone, env)
  run(['git', 'add', '--all'], clone, env)
  run(['git', 'commit', '--quiet', '--message', 'Version packages'], clone, env)
}

/**
 * Returns the next version after a breaking change, and whether it is a minor or a major version. Before 1.0.0, a breaking change needs a
 * minor version. From 1.0.0 on, it needs a major version.
 */
export function bumpForBreakingChange(version: string): { readonly bump: 'minor' | 'major'; readonly next: string } {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 0 ? { bump: 'minor', next: `0.${minor + 1}.0` } : { bump: 'major', next: `${major + 1}.0.0` }
}

/**
 * Sets the next versions and packs the packages, like the jobs `version` and `pack` of the release workflow. Returns the packages with the
 * versions to publish.
 */
export function versionAndPack(clone: string, registry: Registry, env: NodeJS.ProcessEnv): readonly Package[] {
  versionPackages(clone, env)
  run(['pnpm', 'build:packages'], clone, env)
  writeFileSync(join(clone, '.npmrc'), registry.npmrc())
  run(['pnpm', '--filter', '@jobscope/specs', 'changes'], clone, env)
  rmSync(join(clone, '.packed'), { recursive: true, force: true })
  run(['pnpm', 'changeset', 'pack', '--out-dir', '.packed'], clone, env)
  return listPackages(clone)
}

/**
 * Publishes the packed packages like the job `publish` of the release workflow, with or without a token. Returns the exit code and the
 * output.
 */
export function publish(clone: string, registry: Registry, env: NodeJS.ProcessEnv, options: { token: boolean }) {
  writeFileSync(join(clone, '.npmrc'), registry.npmrc(options))
  return tryToRun(['pnpm', 'changeset', 'publish', '--from-pack-dir', '.packed'], clone, env)
}
