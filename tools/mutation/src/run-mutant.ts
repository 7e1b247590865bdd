import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from './find-mutants.ts'

export interface FileMutant extends Mutant {
  /** Folder of the package. */
  readonly folder: string
  /** Path of the file in the package. */
  readonly file: string
}

export type Result = 'killed' | 'timeout' | 'survived'

/**
 * If the tests of a package exceed this timeout, the mutant probably contains an endless loop. The `cli` package has a longer timeout,
 * because its tests take some minutes on a busy machine.
 */
const timeout = 300_000
const commandTimeout = 800_000

/** Applies a mutant, runs the tests of its package, and restores the file, even if the process is interrupted. */
export function runMutant({ folder, file, start, end, replacement }: FileMutant): Result {
  const path = join(folder, file)
  const source = readFileSync(path, 'utf8')
  const restore = () => writeFileSync(path, source)
  process.once('exit', restore)
  try {
    writeFileSync(path, source.slice(0, start) + replacement + source.slice(end))
    for (const args of getCommands(folder, file)) {
      const options = {
        cwd: folder,
        timeout: folder.endsWith('cli') ? commandTimeout : timeout,
        stdio: 'ignore',
      } as const
      const { status, error } = spawnSync('pnpm', ['exec', ...args], { ...options, killSignal: 'SIGKILL' })
      if (error) return 'timeout'
      if (status !== 0) return 'killed'
    }
    return 'survived'
  } finally {
    restore()
    process.removeListener('exit', restore)
  }
}

/** Returns the commands that test a file. If a command fails, the tests have detected the mutant, and the other commands do not run. */
function getCommands(folder: string, file: string): readonly (readonly string[])[] {
  const related = ['vitest', 'related', file, '--run', '--bail=1', '--exclude', '**/*.long.test.ts']
  if (!folder.endsWith('cli')) return [related]
  // Most tests of the command run the built bundle, so the bundle is built first.
  return [related, ['node', 'scripts/build.ts'], ['vitest', 'run', '--bail=1', '--exclude', '**/*.long.test.ts']]
}
