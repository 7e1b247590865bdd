import { removeControlCharacters } from './remove-control-characters.ts'

/**
 * Marks our errors. The symbol is registered, so that guards recognize the errors of other copies of this package and of other realms.
 * For such errors, `instanceof` fails.
 */
const brand: unique symbol = Symbol.for('jobscope.error') as never

/**
 * The base class of every error that this package throws. The only exception is an aborted call, which rejects with the signal's reason. No
 * error contains a credential or a request header. A message contains no control characters, even if it quotes a text of a service. The
 * properties of an error contain the texts as the service sent them.
 */
export class JobscopeError extends Error {
  override readonly name: string = 'JobscopeError'
  /** The operationId of the call. For a raw call, the method and the URL. Absent if the error does not belong to a call. */
  declare readonly operation: string | undefined
  declare readonly [brand]: true

  constructor(operation: string | undefined, message: string, details: object) {
    super(removeControlCharacters(operation === undefined ? message : `${operation}: ${message}`), details)
    // These properties are not class fields, because bundlers keep a class that has a computed field name, even if the class is unused.
    Object.assign(this, { operation, [brand]: true }, details)
  }

  /** Returns everything that identifies the failure, for logs. Omits the response body and the cause. */
  toJSON(): object {
    return { ...this, message: this.message, body: undefined }
  }
}

/** Returns whether a value is an error of a Jobscope package, even if another copy of this package created the error. */
export const isJobscopeError = (error: unknown): error is JobscopeError =>
  (error as { [brand]?: unknown } | null | undefined)?.[brand] === true
