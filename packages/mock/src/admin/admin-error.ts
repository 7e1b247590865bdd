/** The error for an invalid request to the mock's own API. The message says what the API expects. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}
