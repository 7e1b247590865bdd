/** Sends one request and reads its answer to the end. It follows no redirect, and ends when `signal` aborts. */
export type Sender = (request: WireRequest, signal: AbortSignal, limit: Limit) => Promise<WireAnswer | NoAnswer>

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: Uint8Array<ArrayBuffer>
}

export interface WireAnswer {
  /** 0 for a redirect in a browser, which does not tell. */
  readonly status: number
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly text: string
}

/** Nothing came back, or not all of it. */
export interface NoAnswer {
  readonly cause: unknown
  /** As in `ECONNRESET`, where there is one. */
  readonly code: string | undefined
  /** The server may have received the request. */
  readonly mayHaveHappened: boolean
}

/** Calls `late` after so many ms, unless the function that it returns is called before. */
export type Limit = (ms: number, late: () => void) => () => void
