import { stripTypeScriptTypes } from 'node:module'

/** What a table module (`service.gen.ts`, `jobs.gen.ts`) exports: its types are stripped, its one import is of types. */
export async function evaluate<T>(source: string): Promise<T> {
  const code = stripTypeScriptTypes(source)
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T
}
