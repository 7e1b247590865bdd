import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder in which packages stand as npm lays them out: without the links of this workspace, which take Node longer to follow. */
export function installed(...names: readonly string[]): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-bench-'))
  for (const name of names) {
    const source = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))
    for (const part of ['package.json', 'dist'])
      cpSync(join(source, part), join(folder, 'node_modules', name, part), { recursive: true })
  }
  return {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
