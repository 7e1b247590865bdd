import { stripTypeScriptTypes } from 'node:module'

/** The functions that tables import of the runtime: here each is its name. */
const functions = ['cancelJob', 'exactJson', 'findJob', 'formData', 'redact']

/** What a table module (`service.gen.ts`, `jobs.gen.ts`) exports; its types are stripped. */
export async function evaluate<T>(source: string): Promise<T> {
  const names = functions.map(name => `const ${name} = '${name}'`).join('\n')
  const code =
    'const secretMembers = names => names\n' + names + stripTypeScriptTypes(source).replace(/^import .*$/m, '')
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T
}
