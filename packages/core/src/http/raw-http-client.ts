import createOpenApiFetch, { type Client } from 'openapi-fetch'
import type { BodyFormat } from './json.ts'
import type { ApiResponse } from './messages.ts'
import type { CallToSend, Send } from './send-context.ts'

export interface RawHttpOptions {
  readonly baseUrl: string
  readonly projectId: string | undefined
  /** Serializes request bodies. */
  readonly json: Pick<BodyFormat, 'stringify'>
  /** Sends a request in the same way as the client's methods do. */
  readonly send: Send
}

/**
 * Creates an openapi-fetch client for a service. This is the only module that imports openapi-fetch at run time.
 *
 * The module imports no value of this package. It is loaded on demand, and bundlers without code splitting cannot remove unused code from
 * the imports of such a module.
 */
export const createRawHttpClient = ({ baseUrl, projectId, json, send }: RawHttpOptions): Client<object> =>
  createOpenApiFetch<object>({
    baseUrl,
    headers: { 'X-Project-Id': projectId || undefined },
    bodySerializer: (body: unknown) => (body instanceof FormData ? body : json.stringify(body)),
    fetch: async request => createResponse(await sendRequest(request, send)),
  })

/** The parts of a Request that are sent. */
export interface RequestToSend extends Pick<Request, 'method' | 'url' | 'headers'> {
  /** The body as text, or a body that `arrayBuffer` reads. */
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  arrayBuffer?(): Promise<ArrayBuffer>
}

/** Sends a request. Returns the response even if it is a failure. Throws the ResponseError if the API does not define the response. */
export async function sendRequest(request: RequestToSend, send: Send): Promise<ApiResponse> {
  const { method, url, headers, signal } = request
  const createRequest: CallToSend['createRequest'] = () => {
    const template = { method, url, headers }
    // `arrayBuffer()` is asynchronous and slow even if the request has no body, so it is called only if there is a body.
    if (!request.arrayBuffer || request.body === null) {
      return { ...template, body: new TextEncoder().encode((request.body ?? '') as string) }
    }
    return request.arrayBuffer().then(buffer => ({ ...template, body: new Uint8Array(buffer) }))
  }
  const response = await send({ operation: `${method} ${url}`, createRequest, signal })
  if (response.failure?.name === 'ResponseError') throw response.failure
  return response
}

/** Converts a response to a Response of the platform. The body `undefined` becomes an empty body. */
export const createResponse = ({ status, headers, body }: ApiResponse): Response =>
  new Response(formatBody(body), { status, headers: [...headers] })

/** Returns the text of a body. `JSON.stringify` of a parsed body keeps integers of 64 bits exact. */
export const formatBody = (body: unknown): string | undefined =>
  typeof body === 'string' ? body : JSON.stringify(body)
