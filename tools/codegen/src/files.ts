import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Contents of files. The keys are paths relative to the root of the repository. */
export type Files = ReadonlyMap<string, string>

/** How the files on disk differ from the generated files. */
export interface Difference {
  readonly missing: readonly string[]
  readonly stale: readonly string[]
  readonly surplus: readonly string[]
}

/** Compares `files` with the files in `outputs`. Any file in `outputs` that is not in `files` is surplus. */
export async function compare(root: URL, files: Files, outputs: readonly string[]): Promise<Difference> {
  const missing: string[] = []
  const stale: string[] = []
  for (const [path, content] of files) {
    const found = await read(new URL(path, root))
    if (found === undefined) missing.push(path)
    else if (found !== content) stale.push(path)
  }
  const present = (await Promise.all(outputs.map(path => list(root, path)))).flat()
  return { missing, stale, surplus: present.filter(path => !files.has(path)) }
}

/** Writes files that differ and removes surplus files. Returns the differences. */
export async function write(root: URL, files: Files, outputs: readonly string[]): Promise<Difference> {
  const difference = await compare(root, files, outputs)
  for (const path of [...difference.missing, ...difference.stale]) {
    const url = new URL(path, root)
    await mkdir(dirname(url.pathname), { recursive: true })
    await writeFile(url, files.get(path) as string)
  }
  for (const path of difference.surplus) await rm(new URL(path, root))
  return difference
}

async function read(url: URL): Promise<string | undefined> {
  try {
    return await readFile(url, 'utf8')
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Lists the files at or below a path, sorted. Returns an empty list if the path does not exist. */
async function list(root: URL, path: string): Promise<string[]> {
  try {
    const url = new URL(path, root)
    if ((await stat(url)).isFile()) return [path]
    const entries = await readdir(url, { recursive: true, withFileTypes: true })
    return entries
      .filter(entry => entry.isFile())
      .map(entry => `${path}${entry.parentPath.slice(url.pathname.length)}/${entry.name}`)
      .sort()
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
