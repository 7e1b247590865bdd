import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createMissingPackageError } from '../missing-package-error.ts'

/**
 * `jobscope serve`: runs the command of `@jobscope/watcher` with the same arguments. The watcher runs until a signal stops it.
 *
 * @throws UsageError if the package is not installed
 */
export async function serve(args: readonly string[]): Promise<number> {
  const manifestUrl = locateManifest()
  const { bin } = JSON.parse(await readFile(fileURLToPath(manifestUrl), 'utf8')) as {
    readonly bin: { readonly [name: string]: string }
  }
  process.argv.splice(2, process.argv.length, ...args)
  await import(new URL(Object.values(bin)[0] as string, manifestUrl).href)
  return Number(process.exitCode ?? 0)
}

/** The URL of the package's manifest. The watcher is an optional peer dependency, so it may be missing. */
function locateManifest(): string {
  try {
    return import.meta.resolve('@jobscope/watcher/package.json')
  } catch {
    throw createMissingPackageError('@jobscope/watcher', 'serve')
  }
}
