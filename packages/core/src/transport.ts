import createOpenApiFetch, { type Client } from 'openapi-fetch'

/** openapi-fetch's own client: `GET`, `POST` and the rest, typed by the paths of a service. The one place that knows where it comes from. */
export type HttpClient<Paths extends object> = Client<Paths>

/** A request by method and path template; resolves once `fetch` has answered. */
export type SendRequest = (method: string, path: string, init: RequestParts) => Promise<unknown>

export interface RequestParts {
  params: { path: Record<string, unknown>; query: Record<string, unknown> }
  headers: Record<string, string>
  body?: unknown
  bodySerializer?: (body: never) => BodyInit
  fetch: (request: Request) => Promise<Response>
  /** The body has been read already, by `fetch`. */
  parseAs: 'stream'
}

/** A transport for a service: builds URLs, serializes parameters and bodies; `fetch` does the sending. */
export function createTransport<Paths extends object>(
  baseUrl: string,
  headers: Record<string, string>,
  fetch: (request: Request) => Promise<Response>,
): { http: HttpClient<Paths>; request: SendRequest } {
  const http = createOpenApiFetch<Paths>({ baseUrl, headers, fetch })
  return { http, request: http.request as unknown as SendRequest }
}
