/** A request to the mock's own API is invalid. The message contains what is expected. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}
