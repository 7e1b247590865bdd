import { isJobscopeError, JobscopeError } from './errors.ts'

/**
 * There are no credentials to send: no source has any, or the one in use cannot renew them. Nothing was sent to the service.
 *
 * `cause` is what the source threw; for several sources an AggregateError.
 *
 * @example
 * try {
 *   await dli.listBatches()
 * } catch (error) {
 *   if (!isCredentialsError(error)) throw error
 *   for (const { source, reason } of error.tried) console.error(`${source}: ${reason}`)
 * }
 */
export class CredentialsError extends JobscopeError {
  override readonly name = 'CredentialsError'
  /** Every source that was tried, in order, and why it failed. Never a secret. */
  declare readonly tried: readonly Attempt[]

  constructor(tried: readonly Attempt[], cause: unknown) {
    super('credentials', tried.map(({ source, reason }) => `${source}: ${reason}`).join('; '), { tried, cause })
  }
}

/** Whether this is a CredentialsError, whichever copy of the package made it. */
export const isCredentialsError = (error: unknown): error is CredentialsError =>
  isJobscopeError(error) && error.name === 'CredentialsError'

/** A source of credentials that failed, and why. */
interface Attempt {
  readonly source: string
  readonly reason: string
}

/** What failed when a source did: its own account of it, or what it threw. */
export const triedBy = (error: unknown, source: string): readonly Attempt[] =>
  isCredentialsError(error) ? error.tried : [{ source, reason: reasonOf(error) }]

/** Why a source failed, in words; without our own name, where one source is made of another. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : `${error}`).replace(/^credentials: /, '')
