/** A job, or another resource that the arguments name, does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}
