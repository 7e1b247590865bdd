/** A difference between a request or a response and the spec, as Prism found it. */
export interface ExchangeViolation {
  readonly side: 'request' | 'response'
  /** The place: `query`, `path`, `header` or `body`, followed by the names inside this part. */
  readonly path: readonly string[]
  readonly message: string
}

/** A request to a service of the mock, and its response. */
export interface MockExchange {
  /** The operation ID. `undefined` if the request matched no operation. */
  readonly operation: string | undefined
  readonly service: string | undefined
  readonly request: {
    readonly method: string
    readonly url: string
    /** The names are in lower case. */
    readonly headers: { readonly [name: string]: string }
    readonly body: string | undefined
  }
  /** `undefined` if a fault prevented the response. */
  readonly response:
    | {
        readonly status: number
        readonly headers: { readonly [name: string]: string }
        readonly body: string | undefined
      }
    | undefined
  /** The violations that Prism found in the request, and in the response if the mock created it from the spec. */
  readonly violations: readonly ExchangeViolation[]
}
