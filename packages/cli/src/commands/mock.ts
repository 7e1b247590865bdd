import { readManifest, runPackageCommand } from '../run-package-command.ts'
import { UsageError } from '../usage-error.ts'

/**
 * `jobscope mock`: runs the command of `@jobscope/mock` with the same arguments. The mock runs until the user presses Ctrl-C.
 *
 * @throws UsageError if the package is not installed or this version of Node is too old for it
 */
export async function mock(args: readonly string[]): Promise<number> {
  const manifestUrl = locateManifest()
  const manifest = await readManifest(manifestUrl)
  const { engines } = manifest
  const [requiredMajor = 0, requiredMinor = 0] = engines.node.match(/\d+/g)?.map(Number) ?? []
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < requiredMajor || (major === requiredMajor && minor < requiredMinor)) {
    throw new UsageError(
      `jobscope mock requires Node ${engines.node}, but this is Node ${process.versions.node}. All other commands work with it.`,
    )
  }
  return await runPackageCommand(manifestUrl, manifest, args)
}

/** The URL of the package's manifest. The mock is an optional dependency, so it may be missing. */
function locateManifest(): string {
  try {
    return import.meta.resolve('@jobscope/mock/package.json')
  } catch {
    throw new UsageError(
      'The package @jobscope/mock is not installed. Install it with: npm install --save-dev @jobscope/mock',
    )
  }
}
