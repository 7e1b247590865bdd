import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** An entry point with types, in a published package. */
export interface EntryPoint {
  /** Name that users import, such as `@jobscope/core/node`. */
  readonly specifier: string
  /** Folder of the package. */
  readonly folder: string
  /** File with the types. */
  readonly types: string
  /** File name of the report about this entry point, such as `core-node.api.md`. */
  readonly report: string
}

type Target = string | { readonly types?: string }

/** Lists the entry points of all published packages. `@jobscope/core/internal` is not a stable API, so it has no report. */
export const listEntryPoints = (root = repository): readonly EntryPoint[] =>
  globSync('{specs,packages/*}/package.json', { cwd: root })
    .sort()
    .flatMap(path => {
      const folder = join(root, dirname(path))
      const { name, exports = {} } = JSON.parse(readFileSync(join(root, path), 'utf8'))
      return Object.entries<Target>(exports).flatMap(([subpath, target]) => {
        if (typeof target === 'string' || target.types === undefined || subpath === './internal') return []
        const specifier = join(name, subpath)
        const report = `${specifier.replace('@jobscope/', '').replaceAll('/', '-')}.api.md`
        return [{ specifier, folder, types: join(folder, target.types), report }]
      })
    })
