import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The parts of a package.json that are needed to run the command of the package. */
export interface CommandManifest {
  readonly bin: { readonly [name: string]: string }
  readonly engines: { readonly node: string }
}

/** Reads the package.json at a URL. */
export const readManifest = async (url: string): Promise<CommandManifest> =>
  JSON.parse(await readFile(fileURLToPath(url), 'utf8'))

/**
 * Runs the command of an installed package in this process, with these arguments.
 *
 * @param manifestUrl the URL of the package's package.json
 * @returns the exit code
 */
export async function runPackageCommand(
  manifestUrl: string,
  { bin }: CommandManifest,
  args: readonly string[],
): Promise<number> {
  process.argv.splice(2, process.argv.length, ...args)
  await import(new URL(Object.values(bin)[0] as string, manifestUrl).href)
  return Number(process.exitCode ?? 0)
}
