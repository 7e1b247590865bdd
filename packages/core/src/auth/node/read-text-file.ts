import { readFile, stat } from 'node:fs/promises'

/** Files with credentials and settings are small. A larger file is a mistake. */
const maxBytes = 1_048_576

/**
 * Reads a text file. Returns `undefined` if it does not exist.
 *
 * @throws Error if the path is not a regular file, or the file is larger than 1 MiB. Reading a pipe or a device could block the process.
 */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    // The file is checked before it is opened, because opening a pipe waits for its writer.
    const info = await stat(path)
    if (!info.isFile()) throw new Error(`${path} is not a regular file`)
    if (info.size > maxBytes) throw new Error(`${path} is larger than 1 MiB`)
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
