import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/** An argument of a call is missing or invalid. Nothing was sent to the service. */
export class ArgumentError extends JobscopeError {
  override readonly name = 'ArgumentError'
  /** Name of the argument: a path parameter such as `batch_id`, or `body`. */
  declare readonly parameter: string

  constructor(operation: string | undefined, parameter: string, message: string) {
    super(operation, message, { parameter })
  }
}

/** Returns whether a value is an ArgumentError, even if another copy of the package created the error. */
export const isArgumentError = (error: unknown): error is ArgumentError =>
  isJobscopeError(error) && error.name === 'ArgumentError'
