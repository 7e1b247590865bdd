import type { Bytes } from '../bytes.ts'
import type { HeaderMap } from '../header-map.ts'

/** Sends one request and reads its response to the end. Does not follow redirects. */
export type Sender = (request: SenderRequest, control: AttemptControl) => Promise<SenderResponse | SendFailure>

/** How an attempt stops its sender: after a timeout, or when the caller aborts. */
export interface AttemptControl {
  /** Whether the attempt timed out or the caller aborted it. */
  isAborted: boolean
  /** Stops sending. The sender sets this function, which is called only if the attempt is aborted. */
  onAbort: (reason: unknown) => void
  /**
   * The sender calls this function when the head of the response has arrived, before it reads the body. A 401 then counts as a rejected
   * signature even if its body never ends.
   */
  onHead?: (head: SenderResponseHead) => void
  /** Calls `callback` after `ms` milliseconds. The returned function cancels the timer. */
  schedule(ms: number, callback: () => void): () => void
}

export interface SenderRequest {
  readonly method: string
  readonly url: string
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: Bytes
  /** Maximum size of the response body in bytes, after decompression. */
  readonly maxResponseBytes: number
}

/** Status and headers of a response. */
export interface SenderResponseHead {
  /** HTTP status code. 0 for a redirect in a browser, which hides the status. */
  readonly status: number
  readonly headers: HeaderMap
}

export interface SenderResponse extends SenderResponseHead {
  readonly text: string
}

/** The outcome of a request without a complete response. */
export interface SendFailure {
  readonly cause: unknown
  /** Error code of the platform, such as `ECONNRESET`. Undefined if the error has no code. */
  readonly code: string | undefined
  /**
   * Whether the server may have received the request. If this is `true`, the client also checks the error, because some errors mean that no
   * connection was established.
   */
  readonly mayHaveHappened: boolean
  /** False if the same request cannot succeed later. @default depends on the error */
  readonly isTransient?: boolean | undefined
  /** Absent if the failure happened before the head of the response was complete. */
  readonly head?: SenderResponseHead | undefined
}

/** Error code of a response body over `maxResponseBytes`. Node.js uses the same code for decompressed data over a limit. */
export const bodyTooLargeCode = 'ERR_BUFFER_TOO_LARGE'

export const createBodyTooLargeError = (): Error =>
  Object.assign(new Error('The response body is too large'), { code: bodyTooLargeCode })
