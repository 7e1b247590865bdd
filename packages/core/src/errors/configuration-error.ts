import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * An option of a client, of credentials or of a call is missing or invalid. Nothing was sent to the service. The message
 * contains the value of the option only if it cannot be a secret.
 */
export class ConfigurationError extends JobscopeError {
  override readonly name = 'ConfigurationError'
  /** Path of the option: `region`, `credentials.accessKey`. */
  declare readonly option: string

  constructor(option: string, message: string) {
    super(undefined, message, { option })
  }
}

/** Returns whether a value is a ConfigurationError, even if another copy of the package created the error. */
export const isConfigurationError = (error: unknown): error is ConfigurationError =>
  isJobscopeError(error) && error.name === 'ConfigurationError'
