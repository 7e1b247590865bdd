/** The response to one of the next calls of an operation. Exactly one of `example`, `status` and `state` is set. */
export interface NextResponse {
  /** Name of an example of the operation. A failure example is sent with its documented status. */
  readonly example?: string
  /** A documented status. The body is its first example. */
  readonly status?: number
  /** A state, as the service writes it, for all jobs that the response shows. */
  readonly state?: string
  /**
   * Number of calls of the operation before this response. All calls after the call of `respondOnce` count, even if another `respondOnce`
   * has set their response.
   *
   * @default 0
   */
  readonly after?: number
}

/** An argument of `respondOnce` is invalid. If the operation, example, status or state does not exist, the message lists the valid ones. */
export class NextResponseError extends Error {
  override readonly name = 'NextResponseError'
}
