/** The reason why the proxy does not pass on a request. `status` is the status of the response to the caller. */
export class ProxyProblem extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
