import { type ApiModule, type ApiSymbol, getBareName } from './api-index.ts'

const sources = import.meta.glob<string>('../samples/**/*.ts', { query: '?raw', import: 'default', eager: true })

/** Finds the exported names that the text of a guide or one of its samples mentions, in the order of the modules. */
export function findSymbols(text: string, modules: readonly ApiModule[]): readonly ApiSymbol[] {
  const samples = [...text.matchAll(/<Sample of="([^"]+)"/g)].map(([, name]) => sources[`../samples/${name}.ts`] ?? '')
  const imports = [text, ...samples].flatMap(readImports)
  const inText = new Set([...text.matchAll(/`(\w+)(?:\(\))?`/g)].map(([, name]) => name))
  const found = modules.flatMap(({ specifier, symbols }) =>
    symbols.filter(symbol => {
      const name = getBareName(symbol)
      return inText.has(name) || imports.some(each => each.specifier === specifier && each.names.includes(name))
    }),
  )
  // If two packages export the same name, it is shown once.
  return [...new Map(found.toReversed().map(symbol => [symbol.name, symbol])).values()].reverse()
}

const readImports = (code: string) =>
  [...code.matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g)].map(([, names = '', specifier = '']) => ({
    specifier,
    names: names.split(',').map(name => name.replace(/^\s*type /, '').trim()),
  }))
