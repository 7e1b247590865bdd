/** Where `pnpm mock` listens unless it is told otherwise. */
export const MOCK_ORIGIN = 'http://127.0.0.1:4010'

/** The mock takes any token; this one is filled in so that a click on Send is enough. */
export const EXAMPLE_TOKEN = 'example-token'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Origin of the mock that a console page talks to: `?mock=http://127.0.0.1:4999`, or the default.
 * Only loopback counts: a link must not be able to send what somebody types here to another host.
 */
export function mockOrigin(search: string): string {
  const given = new URLSearchParams(search).get('mock')
  if (!given || !URL.canParse(given)) return MOCK_ORIGIN
  const url = new URL(given)
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) ? url.origin : MOCK_ORIGIN
}
