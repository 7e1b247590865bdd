import type { HeaderFields } from './header-map.ts'

/** A call that is about to be sent, for `Validate`. */
export interface ValidatedCall {
  /** Short name of the service: `dli`. */
  readonly service: string
  /** operationId, or method and URL of a raw call. */
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Uint8Array
  /** The request only reads, or can be repeated without another effect. */
  readonly isSafe: boolean
}

/** A response that is not a failure, for `Validate`. */
export interface ValidatedResponse {
  readonly status: number
  /** Text of the body as it was received, after decompression. */
  readonly text: string
}

/**
 * Compares the requests and responses of a client with the specs. `validator()` of `@jobscope/contract/validate` creates it. An error that
 * a function throws rejects the call.
 */
export interface Validate {
  /** Called before each attempt. */
  request(call: ValidatedCall): unknown
  /** Called after each attempt whose response is a success. */
  response(call: ValidatedCall, response: ValidatedResponse): unknown
}
