import { stripTypeScriptTypes } from 'node:module'

/** Stands for the one value that tables import of the runtime. */
export const formData = 'formData'

/** What a table module (`service.gen.ts`, `jobs.gen.ts`) exports; its types are stripped. */
export async function evaluate<T>(source: string): Promise<T> {
  const code = stripTypeScriptTypes(source).replace(/^import \{ formData.*$/m, `const formData = '${formData}'`)
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T
}
