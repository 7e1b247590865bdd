import type { ApiError } from '../errors/api-error.ts'
import type { ResponseError } from '../errors/response-error.ts'
import type { Bytes } from './bytes.ts'
import type { HeaderFields } from './header-map.ts'

/** A request before it is authorized. */
export interface ApiRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Bytes
}

/** Status and headers of a response. */
export interface ResponseHead {
  /** HTTP status code. */
  readonly status: number
  readonly headers: HeaderFields
}

/** A response whose body was read to the end. */
export interface ApiResponse extends ResponseHead {
  /** Request ID, from the headers or the body of a failure. The vendor's support asks for it. */
  readonly requestId: string | undefined
  /** Parsed JSON, the text of a body that is not JSON, or `undefined` for an empty body. */
  readonly body: unknown
  /** The error that a call throws for this response. `undefined` if the response is a success. */
  readonly failure: ApiError | ResponseError | undefined
  /** The gateway's time in epoch milliseconds, from its message or the header `Date`. Only in a 401. */
  readonly serverTime?: number | undefined
}
