import createOpenApiFetch, { type Client } from 'openapi-fetch'
import type { createSend } from './attempts.ts'
import type { BodyFormat } from './json.ts'

export interface RawHttpOptions {
  readonly baseUrl: string
  readonly projectId: string | undefined
  /** How bodies are written. */
  readonly json: Pick<BodyFormat, 'stringify'>
  /** What the requests go out by, as those of the methods do. */
  readonly send: ReturnType<typeof createSend>
}

/** openapi-fetch for a service. The one place that imports it. */
export const createRawHttp = ({ baseUrl, projectId, json, send }: RawHttpOptions): Client<object> =>
  createOpenApiFetch<object>({
    baseUrl,
    headers: { 'X-Project-Id': projectId },
    bodySerializer: (body: unknown) => (body instanceof FormData ? body : json.stringify(body)),
    async fetch(request) {
      const { method, url, headers: given, signal } = request
      const body = new Uint8Array(await request.arrayBuffer())
      const { status, headers, parsed } = await send(
        { method, url, headers: given, body },
        { operation: `${method} ${url}`, options: { signal } },
      )
      // Readable again, for openapi-fetch, and with the integers as they were sent.
      const text = typeof parsed === 'string' ? parsed : JSON.stringify(parsed)
      return new Response(text, { status, headers: [...headers] })
    },
  })
