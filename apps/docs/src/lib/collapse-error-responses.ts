import { readFileSync } from 'node:fs'

const COMPONENT = /starlight-openapi[\\/]components[\\/]response[\\/]Response\.astro$/
const BODY = '{!isEmpty && <MediaEntries entries={mediaEntries} />}'
const HEADERS = '{isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} slot="post-panel" />}'

const IS_ERROR = `!isEmpty && !String(name).startsWith('2')`
const COLLAPSED_BODY = `{${IS_ERROR} ? (
  <details>
    <summary>Body and examples</summary>
    <MediaEntries entries={mediaEntries} />
    {isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} />}
  </details>
) : !isEmpty && <MediaEntries entries={mediaEntries} />}`
const COLLAPSED_HEADERS = `{!(${IS_ERROR}) && isResponseWithHeaders(response) && <ResponseHeaders headers={response.headers} slot="post-panel" />}`

/**
 * Creates a Vite plugin that collapses the bodies of error responses on reference pages. starlight-openapi shows every
 * response in full: six screens with the same error schema below each operation. It has no option or slot to change this.
 */
export function collapseErrorResponses() {
  return {
    name: 'collapse-error-responses',
    enforce: 'pre' as const,
    load(id: string): string | undefined {
      return COMPONENT.test(id) ? collapse(readFileSync(id, 'utf8')) : undefined
    },
  }
}

/** @throws if a new version of starlight-openapi has changed the component, so that the build fails. */
export function collapse(source: string): string {
  if (!source.includes(BODY) || !source.includes(HEADERS)) {
    throw new Error(
      'starlight-openapi has changed its Response.astro. Adapt src/lib/collapse-error-responses.ts to the new version.',
    )
  }
  return source.replace(BODY, () => COLLAPSED_BODY).replace(HEADERS, () => COLLAPSED_HEADERS)
}
