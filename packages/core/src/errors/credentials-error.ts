import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * No credentials are available: no source has credentials, or the credentials in use cannot be renewed. Nothing was sent to the service.
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
  /** True if the same call may succeed later, for example if IAM or the metadata service did not respond or was overloaded. */
  declare readonly isTransient: boolean
  /** How long to wait before the next attempt, in milliseconds. Calls that start earlier fail with the same reason. */
  declare readonly retryAfter: number | undefined
  /** Always false, because nothing was sent to the service. */
  declare readonly mayHaveHappened: false

  constructor(tried: readonly FailedSource[], cause: unknown, retryAfter?: number) {
    const message = tried.map(({ source, reason }) => `${source}: ${reason}`).join('; ')
    super('credentials', message, { tried, isTransient: isTemporary(cause), retryAfter, mayHaveHappened: false, cause })
  }
}

/**
 * Returns whether the failed source, or at least one of several failed sources, failed temporarily. The class of the error is not checked,
 * because users can write their own sources, whose errors can have any class.
 */
function isTemporary(cause: unknown): boolean {
  const { isTransient, kind } = (cause ?? {}) as { readonly isTransient?: unknown; readonly kind?: unknown }
  if (isTransient === true || kind === 'transient' || kind === 'rate-limit') return true
  return cause instanceof AggregateError && cause.errors.some(isTemporary)
}

/** A source of credentials that failed, and why. */
export interface FailedSource {
  readonly source: string
  readonly reason: string
}

/** Returns whether a value is a CredentialsError, even if another copy of the package created the error. */
export const isCredentialsError = (error: unknown): error is CredentialsError =>
  isJobscopeError(error) && error.name === 'CredentialsError'

/** Returns the sources that a CredentialsError names. For any other error, returns `source` with the message of the error. */
export const getFailedSources = (error: unknown, source: string): readonly FailedSource[] =>
  isCredentialsError(error) ? error.tried : [{ source, reason: getFailureReason(error) }]

/**
 * Returns the message of an error. Removes the prefix of a CredentialsError, so that the prefix is not repeated if one source wraps
 * another.
 */
export const getFailureReason = (error: unknown): string =>
  (error instanceof Error ? error.message : `${error}`).replace(/^credentials: /, '')
