import type { HeaderMap } from '../header-map.ts'

/** Sends one request and reads its answer to the end. It follows no redirect. */
export type Sender = (request: WireRequest, attempt: Attempt) => Promise<WireAnswer | NoAnswer>

/** What a request is sent in. Simpler than an AbortSignal, which a sender that has one of its own can make of it. */
export interface Attempt {
  /** It is out of time, or its caller gave up. */
  over: boolean
  /** Set by the sender: breaks the sending off. Called when the attempt is over, and only then. */
  breakOff: (reason: unknown) => void
  /** Calls `late` after so many ms, unless the function that it returns is called before. */
  limit(ms: number, late: () => void): () => void
}

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: Uint8Array<ArrayBuffer>
}

export interface WireAnswer {
  /** 0 for a redirect in a browser, which does not tell. */
  readonly status: number
  readonly headers: HeaderMap
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
