import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * No credentials are available: no source has any, or those in use cannot be renewed. Nothing was sent to the service.
 *
 * `cause` is the error of the source, or an AggregateError if several sources were tried.
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
  /** The sources in the order in which they were tried, and why each failed. Contains no secrets. */
  declare readonly tried: readonly FailedSource[]

  constructor(tried: readonly FailedSource[], cause: unknown) {
    super('credentials', tried.map(({ source, reason }) => `${source}: ${reason}`).join('; '), { tried, cause })
  }
}

/** A source of credentials that failed, and why. */
export interface FailedSource {
  readonly source: string
  readonly reason: string
}

/** Returns whether this is a CredentialsError, whichever copy of the package created it. */
export const isCredentialsError = (error: unknown): error is CredentialsError =>
  isJobscopeError(error) && error.name === 'CredentialsError'

/** Returns the sources that `error` names, or `source` with the error's message if it is another error. */
export const getFailedSources = (error: unknown, source: string): readonly FailedSource[] =>
  isCredentialsError(error) ? error.tried : [{ source, reason: getFailureReason(error) }]

/** Returns the message of an error, without the prefix of a CredentialsError when one source wraps another. */
export const getFailureReason = (error: unknown): string =>
  (error instanceof Error ? error.message : `${error}`).replace(/^credentials: /, '')
