import { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { RateLimitError } from '../errors/rate-limit-error.ts'
import { ResponseError } from '../errors/response-error.ts'
import type { ErrorKind } from '../generated/extension-values.gen.ts'
import { readFirstText } from '../internal/pointer.ts'
import type { FailureDescription } from './describe-failure.ts'
import { getErrorKind } from './error-kind.ts'
import type { Exchange } from './exchange.ts'
import type { ApiResponse } from './messages.ts'
import { findFailedItem, getSearchedItems, readRequestId } from './read-response.ts'
import type { AttemptLimits } from './run-attempt.ts'
import { loadErrorModule } from './run-in-real-time.ts'
import type { Call } from './send-context.ts'
import type { ErrorRules } from './service.ts'

/**
 * Completes a failed response: removes the secrets of the request from its body, and adds the error.
 *
 * The module `describe-failure.ts` is loaded when the first response fails. If this module cannot be loaded, the error has the status, but
 * not the body and the message of the service, because secrets could not be removed from them.
 *
 * @throws `signal.reason` if the caller aborts
 */
export async function readFailedResponse(
  { response, authorizedHeaders, sentHeaders }: Exchange,
  { operation, request }: Call,
  { rules, limits }: { readonly rules: ErrorRules; readonly limits: AttemptLimits },
): Promise<ApiResponse> {
  const module = await loadErrorModule(() => import('./describe-failure.ts'), limits)
  const description =
    module?.describeFailure({ request, response, authorizedHeaders, sentHeaders }, rules, failureReaders) ??
    describeStatus(response)
  const { body, requestId, serverTime } = description
  return { ...response, body, requestId, serverTime, failure: createFailure(operation, description) }
}

export const failureReaders = { readFirstText, findFailedItem, getSearchedItems, readRequestId, getErrorKind }

export function createFailure(
  operation: string,
  { message, details }: Pick<FailureDescription, 'message' | 'details'>,
): ApiError | ResponseError {
  const ErrorClass = details.kind ? getErrorClass(details.kind) : ResponseError
  return new ErrorClass(operation, message, details)
}

function getErrorClass(kind: ErrorKind): typeof ApiError {
  if (kind === 'rate-limit') return RateLimitError
  return kind === 'auth' || kind === 'auth-expired' ? AuthError : ApiError
}

/** Describes a failed response by its status alone. */
function describeStatus({ status, body }: ApiResponse): FailureDescription {
  const isInvalid = status < 300 && typeof body === 'string'
  const details = isInvalid
    ? { status, mayHaveHappened: true, isTransient: true }
    : { status, code: `${status}`, kind: getErrorKind(status) }
  return { message: `HTTP ${status}`, details, body: undefined, requestId: undefined }
}
