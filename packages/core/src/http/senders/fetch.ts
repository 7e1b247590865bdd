import { HeaderMap } from '../header-map.ts'
import type { Sender } from './sender.ts'

/**
 * Node's error codes for a connection that was never established, so that the server cannot have received the request. Browsers
 * report no code. Messages are not inspected, because their wording is not specified.
 */
const connectErrorCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

/** Creates a sender that uses `fetch`: the platform's, or one that the user passed. */
export const createFetchSender =
  (fetch: typeof globalThis.fetch): Sender =>
  async ({ method, url, headers, body }, control) => {
    const controller = new AbortController()
    control.onAbort = reason => controller.abort(reason)
    try {
      const response = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        body: body.length > 0 ? body : null,
        // A redirect would carry the credentials to whichever host it names.
        redirect: 'manual',
        signal: controller.signal,
      })
      return { status: response.status, headers: new HeaderMap(response.headers), text: await response.text() }
    } catch (cause) {
      const code = (cause as { cause?: { code?: string } } | undefined)?.cause?.code
      return { cause, code, mayHaveHappened: !connectErrorCodes.includes(`${code}`) }
    }
  }
