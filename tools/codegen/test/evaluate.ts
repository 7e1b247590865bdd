import { stripTypeScriptTypes } from 'node:module'

/** The functions that tables import from core. Each function is replaced by a string with its name. */
const functions = ['cancelJob', 'exactJson', 'findJob', 'encodeForm']

/** Returns the exports of a table module (`service.gen.ts` or `jobs.gen.ts`), without the types. */
export async function evaluate<T>(source: string): Promise<T> {
  const stubs = ['const createSecretFinder = names => names', ...functions.map(name => `const ${name} = '${name}'`)]
  const code = [...stubs, stripTypeScriptTypes(source).replace(/^import .*$/m, '')].join('\n')
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T
}
