import { ApiError, isApiError } from './api-error.ts'

/** The credentials were rejected: unknown, expired, wrongly signed, or missing. `kind` is `auth` or `auth-expired`. */
export class AuthError extends ApiError {
  override readonly name = 'AuthError'
}

/** Returns whether a value is an AuthError, even if another copy of the package created the error. */
export const isAuthError = (error: unknown): error is AuthError => isApiError(error) && error.name === 'AuthError'
