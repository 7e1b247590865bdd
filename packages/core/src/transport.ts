import createOpenApiFetch, { type Client } from 'openapi-fetch'

/** openapi-fetch's own client: `GET`, `POST` and the rest, typed by the paths of a service. The one place that knows where it comes from. */
export type HttpClient<Paths extends object> = Client<Paths>

export interface TransportOptions {
  baseUrl: string
  headers: Record<string, string>
  /** Does the sending. */
  fetch: (request: Request) => Promise<Response>
}

/** A request by method and path template; resolves to what `fetch` answered. */
export type SendRequest = (method: string, path: string, init: RequestParts) => Promise<{ response: Response }>

export interface RequestParts {
  params: { path: Record<string, unknown>; query: Record<string, unknown> }
  headers: Record<string, string>
  body: unknown
  fetch: (request: Request) => Promise<Response>
  /** The body has been read already, by `fetch`. */
  parseAs: 'stream'
}

/** The transport of a service: builds URLs, serializes parameters and bodies. `request` is untyped; the operation table says what it means. */
export const createTransport = createOpenApiFetch as unknown as <Paths extends object>(
  options: TransportOptions,
) => Omit<HttpClient<Paths>, 'request'> & { request: SendRequest }
