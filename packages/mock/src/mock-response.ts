/** A response of the mock, before the CORS headers and the request ID are added. */
export interface MockResponse {
  readonly status: number
  readonly headers: { readonly [name: string]: unknown }
  readonly body: unknown
}

export const JSON_HEADERS = { 'Content-Type': 'application/json' }
