import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Copies built packages into a temporary `node_modules`, as npm installs them. The symbolic links of this workspace would make Node
 * slower than it is for users.
 */
export function installPackages(...names: readonly string[]): { readonly folder: string } & Disposable {
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
