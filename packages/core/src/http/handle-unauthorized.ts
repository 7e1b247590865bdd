import type { Credentials } from '../auth/credentials.ts'
import type { Exchange } from './exchange.ts'
import { type AttemptLimits, runAttempt } from './run-attempt.ts'

/**
 * Handles a 401: calls `credentials.onUnauthorized`, and rejects if the attempt times out or is aborted in the meantime. Returns `true` if
 * the next attempt will use other credentials. The `onUnauthorized` methods of `refreshing()`, `token()` and `aksk()` make this decision.
 *
 * A 401 means that the service did not process the request, so the request had no effect, even if `onUnauthorized` times out.
 */
export const handleUnauthorized = (
  { response, authorization }: Exchange,
  credentials: Credentials,
  limits: AttemptLimits,
): Promise<boolean | undefined> => runAttempt(async () => credentials.onUnauthorized?.(authorization, response), limits)
