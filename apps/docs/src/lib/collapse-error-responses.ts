import { readFileSync } from 'node:fs'

const COMPONENT = /starlight-openapi[\\/]components[\\/]response[\\/]Response\.astro$/
const BODY = '{!isEmpty && <MediaEntries entries={mediaEntries} />}'
const HEADERS = '{isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} slot="post-panel" />}'

const IS_FAILURE = `!isEmpty && !String(name).startsWith('2')`
const FOLDED_BODY = `{${IS_FAILURE} ? (
  <details>
    <summary>Body and examples</summary>
    <MediaEntries entries={mediaEntries} />
    {isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} />}
  </details>
) : !isEmpty && <MediaEntries entries={mediaEntries} />}`
const FOLDED_HEADERS = `{!(${IS_FAILURE}) && isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} slot="post-panel" />}`

/**
 * A Vite plugin that folds failures away, but for what they mean. starlight-openapi shows every response in full, which is six
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
  if (!source.includes(BODY) || !source.includes(HEADERS)) {
    throw new Error('starlight-openapi has changed its Response.astro: adapt src/lib/fold-failures.ts to it.')
  }
  return source.replace(BODY, () => FOLDED_BODY).replace(HEADERS, () => FOLDED_HEADERS)
}
