import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../usage-error.ts'

interface Manifest {
  readonly bin: { readonly [name: string]: string }
  readonly engines: { readonly node: string }
}

/** `jobscope mock`: the command of `@jobscope/mock`, with all that it takes. It serves until Ctrl-C. */
export async function mock(args: readonly string[]): Promise<number> {
  const at = locate()
  const { bin, engines } = JSON.parse(await readFile(fileURLToPath(at), 'utf8')) as Manifest
  const [major = 0, minor = 0] = engines.node.match(/\d+/g)?.map(Number) ?? []
  const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number)
  if (ours < major || (ours === major && oursMinor < minor)) {
    throw new UsageError(
      `mock: needs Node ${engines.node}, and this is ${process.versions.node}; all other commands run on it`,
    )
  }
  process.argv.splice(2, process.argv.length, ...args)
  await import(new URL(Object.values(bin)[0] as string, at).href)
  return Number(process.exitCode ?? 0)
}

/** Where its manifest is. It is an optional dependency: installations may leave it out. */
function locate(): string {
  try {
    return import.meta.resolve('@jobscope/mock/package.json')
  } catch {
    throw new UsageError('mock: the package @jobscope/mock is not installed: npm install --save-dev @jobscope/mock')
  }
}
