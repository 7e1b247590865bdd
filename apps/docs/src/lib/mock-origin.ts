/** The default origin of `pnpm mock`. */
export const MOCK_ORIGIN = 'http://127.0.0.1:4010'

/** The token that the console fills in, so that the user only has to click Send. The mock accepts any token. */
export const EXAMPLE_TOKEN = 'example-token'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Returns the origin that a console sends requests to: the query parameter `mock` (`?mock=http://127.0.0.1:4999`), or the
 * default. Only loopback addresses are accepted, so that a link cannot send the user's input to another host.
 */
export function getMockOrigin(search: string): string {
  const given = new URLSearchParams(search).get('mock')
  if (!given || !URL.canParse(given)) return MOCK_ORIGIN
  const url = new URL(given)
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) ? url.origin : MOCK_ORIGIN
}
