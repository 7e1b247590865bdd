import { createMissingPackageError } from '../missing-package-error.ts'
import { readManifest, runPackageCommand } from '../run-package-command.ts'

/**
 * `jobscope serve`: runs the command of `@jobscope/watcher` with the same arguments. The watcher runs until a signal stops it.
 *
 * @throws UsageError if the package is not installed
 */
export async function serve(args: readonly string[]): Promise<number> {
  const manifestUrl = locateManifest()
  return await runPackageCommand(manifestUrl, await readManifest(manifestUrl), args)
}

/** The URL of the package's manifest. The watcher is an optional peer dependency, so it may be missing. */
function locateManifest(): string {
  try {
    return import.meta.resolve('@jobscope/watcher/package.json')
  } catch {
    throw createMissingPackageError('@jobscope/watcher', 'serve')
  }
}
