import { readFileSync } from 'node:fs'

const COMPONENT = /starlight-openapi[\\/]components[\\/]response[\\/]Response\.astro$/
const BODY = '{!isEmpty && <MediaEntries entries={mediaEntries} />}'
const FOLDED = `{!isEmpty && (String(name).startsWith('2') ? <MediaEntries entries={mediaEntries} /> : <details><summary>Body and examples</summary><MediaEntries entries={mediaEntries} /></details>)}`

/**
 * A Vite plugin that folds the bodies of failures away. starlight-openapi shows every response in full, which is six
 * screens of the same error shape below each operation, and it has no option and no slot for that.
 */
export function foldFailures() {
  return {
    name: 'fold-failures',
    enforce: 'pre' as const,
    load(id: string): string | undefined {
      return COMPONENT.test(id) ? folded(readFileSync(id, 'utf8')) : undefined
    },
  }
}

/** @throws if the component no longer looks as expected, so that a new version is noticed when it is built. */
export function folded(source: string): string {
  if (!source.includes(BODY)) {
    throw new Error('starlight-openapi has changed its Response.astro: adapt src/lib/fold-failures.ts to it.')
  }
  return source.replace(BODY, () => FOLDED)
}
