import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Target = string | { readonly types?: string }

/** Returns the names that the packages export. The value of each name is the entry point that exports it. */
export function listExports(root: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const path of globSync('{specs,packages/*}/package.json', { cwd: root }).sort().reverse()) {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, path), 'utf8'))
    for (const [subpath, target] of Object.entries<Target>(exports)) {
      if (typeof target === 'string' || target.types === undefined || subpath === './internal') continue
      const text = readFileSync(join(root, path, '..', target.types), 'utf8')
      for (const exported of listNames(text)) found.set(exported, join(name, subpath))
    }
  }
  return found
}

/** Returns the names in the `export { … } from` lines and declarations of a text. */
const listNames = (text: string): readonly string[] => [
  ...[...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').flatMap(name => /(\w+)\s*$/.exec(name.trim())?.[1] ?? []),
  ),
  ...[...text.matchAll(/export (?:declare )?(?:const|function|class|interface|type) (\w+)/g)].flatMap(
    ([, name]) => name ?? [],
  ),
]
