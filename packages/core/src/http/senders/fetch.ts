import { HeaderMap } from '../header-map.ts'
import { createBodyCollector } from './body-collector.ts'
import type { Sender, SenderResponseHead } from './sender.ts'

/** Creates a sender that uses `fetch`: the function of the platform, or a function that the user passed. */
export const createFetchSender =
  (fetch: typeof globalThis.fetch): Sender =>
  async ({ method, url, headers, body, maxResponseBytes }, control) => {
    const controller = new AbortController()
    control.onAbort = reason => controller.abort(reason)
    let head: SenderResponseHead | undefined
    try {
      const response = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        body: body.length > 0 ? body : null,
        // Following a redirect would send the credentials to the host in the redirect.
        redirect: 'manual',
        // Without this option, a browser would take the responses to polls from its HTTP cache. Some runtimes without a cache reject the
        // option.
        ...('cache' in Request.prototype && { cache: 'no-store' }),
        signal: controller.signal,
      })
      head = { status: response.status, headers: new HeaderMap(response.headers) }
      control.onHead?.(head)
      return { ...head, text: await readText(response, maxResponseBytes) }
    } catch (cause) {
      // Closes the connection if the rest of the body will not be read.
      controller.abort()
      const { code } = [cause, (cause as Error | undefined)?.cause].find(hasErrorCode) ?? {}
      return { cause, code, mayHaveHappened: true, head }
    }
  }

/** Excludes a DOMException, whose `code` is a number and means something else. */
const hasErrorCode = (error: unknown): error is { readonly code: string } =>
  typeof (error as { code?: unknown } | undefined)?.code === 'string'

/** Reads a body to its end, as `text()` does, but stops after `maxBytes`. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  // There is no body, or the platform does not offer it as a stream.
  if (!reader) return response.text()
  const collector = createBodyCollector(maxBytes)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new TextDecoder().decode(collector.join())
    collector.add(value)
  }
}
