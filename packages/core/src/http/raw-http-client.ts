import createOpenApiFetch, { type Client } from 'openapi-fetch'
import type { BodyFormat } from './json.ts'
import type { Send } from './send-context.ts'

export interface RawHttpOptions {
  readonly baseUrl: string
  readonly projectId: string | undefined
  /** Serializes request bodies. */
  readonly json: Pick<BodyFormat, 'stringify'>
  /** Sends the requests, as it sends those of the methods. */
  readonly send: Send
}

/**
 * Creates an openapi-fetch client for a service. The only module that imports openapi-fetch at run time.
 *
 * It imports no value of this package, because it is loaded on demand: bundlers without code splitting cannot remove unused code from
 * the imports of such a module.
 */
export const createRawHttpClient = ({ baseUrl, projectId, json, send }: RawHttpOptions): Client<object> =>
  createOpenApiFetch<object>({
    baseUrl,
    headers: { 'X-Project-Id': projectId },
    bodySerializer: (body: unknown) => (body instanceof FormData ? body : json.stringify(body)),
    async fetch(request) {
      const { method, url, headers: requestHeaders, signal } = request
      const { status, headers, body, failure } = await send({
        operation: `${method} ${url}`,
        createRequest() {
          const template = { method, url, headers: requestHeaders }
          // Reading a body is asynchronous and takes long, even if the request has no body.
          if (request.body === null) return { ...template, body: new Uint8Array() }
          return request.arrayBuffer().then(buffer => ({ ...template, body: new Uint8Array(buffer) }))
        },
        signal,
      })
      if (failure?.name === 'ResponseError') throw failure
      // openapi-fetch parses the body itself. `JSON.stringify` of the parsed body keeps integers of 64 bits exact.
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return new Response(text, { status, headers: [...headers] })
    },
  })
