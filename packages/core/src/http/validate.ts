import type { HeaderFields } from './header-map.ts'

/** A call that is about to be sent, for `Validate`. */
export interface ValidatedCall {
  /** Short name of the service: `dli`. */
  readonly service: string
  /** The operationId of the call. For a raw call, the method and the URL. */
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Uint8Array
  /** Whether the request is read-only or can be repeated without a further effect. */
  readonly isSafe: boolean
}

/** A successful response, for `Validate`. */
export interface ValidatedResponse {
  readonly status: number
  /** Text of the body as it was received, after decompression. */
  readonly text: string
}

/**
 * Compares the requests and responses of a client with the specs. `validator()` of `@jobscope/contract/validate` creates such an object. If
 * one of its functions throws an error, the call rejects with this error.
 */
export interface Validate {
  /** Called before each attempt. */
  request(call: ValidatedCall): unknown
  /** Called after each attempt whose response is a success. */
  response(call: ValidatedCall, response: ValidatedResponse): unknown
}
