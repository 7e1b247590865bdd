import type { Client } from 'openapi-fetch'
import type { ApiResponse } from './messages.ts'
import {
  createResponse,
  createRawHttpClient as createStandardClient,
  formatBody,
  type RawHttpOptions,
  type RequestToSend,
  sendRequest,
} from './raw-http-client.ts'

type Init = { readonly [option: string]: unknown } | undefined
type RawCall = (...parameters: [...path: string[], init: Init]) => Promise<{ readonly response: unknown }>

/** The methods of openapi-fetch that make a call. The last parameter of each is `init`. */
const callMethods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'request'] as const

/** Options of a call that need the platform's Request or Response. */
const platformOptions = ['Request', 'fetch', 'middleware', 'parseAs']

/**
 * Creates an openapi-fetch client. Most calls use a `PlainRequest` and a `PlainResponse`, because creating and reading the Request and the
 * Response of Node.js takes as long as the rest of a call. The result still has a `response`, but this Response is created only when the
 * caller reads the property. Middleware gets the objects of Node.js.
 */
export function createRawHttpClient(options: RawHttpOptions): Client<object> {
  const client = createStandardClient(options)
  let hasMiddleware = false

  const fetch = async (request: PlainRequest) =>
    new PlainResponse(await sendRequest(request.toRequestToSend(), options.send))
  const plainCall = async (call: RawCall, path: readonly string[], init: Init) => {
    const { response, ...result } = await call(...path, { ...init, Request: PlainRequest, fetch })
    let created: Response | undefined
    return {
      ...result,
      get response() {
        created ??= createResponse((response as PlainResponse).received)
        return created
      },
    }
  }

  const calls: { [method: string]: RawCall } = {}
  for (const method of callMethods) {
    const call = client[method] as unknown as RawCall
    calls[method] = (...parameters) => {
      // The method `request` has two strings before its options: the HTTP method and the path.
      const path = parameters.filter(parameter => typeof parameter === 'string')
      const init = parameters[path.length] as Init
      const needsPlatform = hasMiddleware || platformOptions.some(option => init?.[option] !== undefined)
      return needsPlatform ? call(...path, init) : plainCall(call, path, init)
    }
  }
  const use: typeof client.use = (...middleware) => {
    hasMiddleware ||= middleware.length > 0
    client.use(...middleware)
  }
  return { ...client, ...(calls as unknown as Client<object>), use }
}

/** The parts of a Request that openapi-fetch and `sendRequest` use. */
class PlainRequest implements RequestToSend {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  readonly #init: RequestInit

  constructor(url: string, init: RequestInit) {
    this.url = url
    this.method = init.method ?? 'GET'
    // openapi-fetch always passes a `Headers` object, which contains all headers.
    this.headers = init.headers as Headers
    this.body = init.body ?? null
    this.signal = init.signal ?? undefined
    this.#init = init
  }

  /** Returns a Request of Node.js if only such a Request can check and encode the body. */
  toRequestToSend(): RequestToSend {
    const hasPlainBody = typeof this.body === 'string' && this.method !== 'GET' && this.method !== 'HEAD'
    return this.body === null || hasPlainBody ? this : new Request(this.url, this.#init)
  }
}

/** The parts of a Response that openapi-fetch reads. */
class PlainResponse {
  readonly received: ApiResponse
  readonly status: number
  readonly ok: boolean
  readonly headers: { get(name: string): string | null | undefined }

  constructor(received: ApiResponse) {
    const { status, headers, body } = received
    this.received = received
    this.status = status
    this.ok = status >= 200 && status < 300
    // If a response has no Content-Length, openapi-fetch does not call `json()`, but parses the result of `text()` again. To avoid this,
    // a missing Content-Length is replaced.
    this.headers =
      body === undefined
        ? headers
        : { get: name => headers.get(name) ?? (name === 'Content-Length' ? 'unknown' : null) }
  }

  async json(): Promise<unknown> {
    return this.received.body
  }

  async text(): Promise<string> {
    return formatBody(this.received.body) ?? ''
  }
}
