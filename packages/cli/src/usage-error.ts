/** The user passed something wrong. Each line of the message names one mistake and how to fix it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
