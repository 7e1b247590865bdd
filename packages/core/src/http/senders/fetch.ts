import { HeaderMap } from '../header-map.ts'
import type { Sender } from './sender.ts'

/**
 * Node's codes for a connection that never stood: the server surely did nothing. A browser does not tell. The words of a
 * message count for nothing: they may be anybody's.
 */
const neverStood = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/

/** Sends by a `fetch`: a browser's, or one that a user gave. */
export const byFetch =
  (fetch: typeof globalThis.fetch): Sender =>
  async ({ method, url, headers, body }, attempt) => {
    const ending = new AbortController()
    attempt.breakOff = reason => ending.abort(reason)
    try {
      const response = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        body: body.length > 0 ? body : null,
        // The token would go along, to whichever host the redirect names.
        redirect: 'manual',
        signal: ending.signal,
      })
      return { status: response.status, headers: new HeaderMap(response.headers), text: await response.text() }
    } catch (cause) {
      const code = (cause as { cause?: { code?: string } } | undefined)?.cause?.code
      return { cause, code, mayHaveHappened: !neverStood.test(`${code}`) }
    }
  }
