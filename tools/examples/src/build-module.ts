import type { Example } from './extract-examples.ts'

/** Returns the names that an example declares with const, let or using. Names in destructuring patterns are included. */
const listDeclared = (code: string): ReadonlySet<string> =>
  new Set(
    [...code.matchAll(/\b(?:const|let|using)\s+(\{[^}]*\}|\[[^\]]*\]|\w+)/g)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    ),
  )

/**
 * Builds a module from an example. Examples omit obvious imports. The module therefore imports every exported name that occurs in the
 * example and that the example does not declare or import. The imports are on the first line, followed by the example.
 */
export function buildModule({ code }: Example, exported: ReadonlyMap<string, string>): string {
  const text = code.join('\n')
  const imported = code.filter(line => line.startsWith('import ')).join('\n')
  const declared = listDeclared(text)
  // A name after a dot is a member of an object, so it needs no import.
  const used = new Set(text.match(/(?<![.\w'])[A-Za-z_]\w*/g))
  const imports = [...used]
    .filter(name => exported.has(name) && !declared.has(name) && !new RegExp(`\\b${name}\\b`).test(imported))
    .map(name => `import { ${name} } from '${exported.get(name)}';`)
  return `${imports.join(' ')}\n${text}\nexport {}\n`
}
