import type { ApiError } from '../errors/api-error.ts'
import { isJobscopeError, type JobscopeError } from '../errors/jobscope-error.ts'
import { NetworkError } from '../errors/network-error.ts'
import { toMilliseconds } from '../time/duration.ts'
import { addHeaders } from './build-request.ts'
import { type AttemptProgress, exchange } from './exchange.ts'
import { handleUnauthorized } from './handle-unauthorized.ts'
import { callHook } from './hooks.ts'
import type { ApiResponse } from './messages.ts'
import type { AttemptObserver, ObserverContext, UnsignedHeaders } from './observe-attempts.ts'
import { readFailedResponse } from './read-failure.ts'
import { isFailedResponse } from './read-response.ts'
import {
  computeRetryDelay,
  getDefaultRetryMode,
  isRetryable,
  type RetryCriteria,
  readMaxRetries,
} from './retry-policy.ts'
import { type AttemptLimits, runAttempt } from './run-attempt.ts'
import { loadErrorModule, runInRealTime } from './run-in-real-time.ts'
import type { Call, CallToSend, SendContext } from './send-context.ts'

/** Default timeouts of a call and of an attempt, in milliseconds. */
export const defaultTimeout = 60_000
const defaultAttemptTimeout = 30_000

/**
 * Sends a request until it succeeds, fails permanently, or reaches its timeout. Each attempt is authorized again, so a retry carries a
 * fresh signature. The response body is read within the attempt, so a request is also retried if the connection breaks during the body. A
 * retry is not started if its delay would end after the deadline.
 *
 * @returns the last response. If the response is a failure, its property `failure` is set
 * @throws NetworkError or TimeoutError if the last attempt got no response
 * @throws ResponseError if the body of the response is too large
 * @throws the error of the credentials if they fail
 * @throws `signal.reason` if the caller aborts
 */
export async function sendWithRetries(options: CallToSend, context: SendContext): Promise<ApiResponse> {
  const { clock, budget } = context
  const { operation, signal } = options
  const maxRetries = readMaxRetries(options.retry ?? context.retry)
  const timeout = toMilliseconds(options.timeout ?? context.timeout ?? defaultTimeout, 'timeout')
  const deadline = clock.now() + timeout
  const limits: AttemptLimits = { operation, signal, clock, deadline, timeout }
  signal?.throwIfAborted()

  const created = options.createRequest()
  const request = created instanceof Promise ? await runInRealTime(() => created, limits) : created
  const retryMode = options.retryMode ?? getDefaultRetryMode(request.method)
  const call: Call = { ...options, request, retryMode }
  const load = () => loadObserver({ call, context, callHook, addHeaders })
  const observe = (context.hooks || context.validate) && (await runInRealTime(load, limits))
  let hasRenewedCredentials = false

  for (let retries = 0; ; ) {
    signal?.throwIfAborted()
    const { response, error, canRenew } = await tryOnce({ call, limits, observe }, context)
    if (canRenew && !hasRenewedCredentials && clock.now() < deadline) {
      // This repetition does not count as a retry.
      hasRenewedCredentials = true
      observe?.onRetry(0)
      continue
    }
    const failure = (error ?? response?.failure) as RetryCriteria | undefined
    if (response && !failure) {
      budget.refund()
      return response
    }
    const delay = computeRetryDelay(retries, failure?.retryAfter)
    const isDue = retries < maxRetries && clock.now() + delay < deadline
    if (!failure || !isDue || !isRetryable(failure, retryMode) || !budget.take()) {
      if (response) return response
      throw error
    }
    observe?.onRetry(delay)
    await clock.sleep(delay, signal)
    retries++
  }
}

/** Loads the code for hooks when it is needed, because most clients have no hooks. */
async function loadObserver(context: ObserverContext): Promise<AttemptObserver> {
  const { createAttemptObserver } = await import('../internal/observers.ts')
  return createAttemptObserver(context)
}

interface ErrorContext {
  readonly call: Call
  readonly limits: AttemptLimits
  readonly isOwnSender: boolean
}

/**
 * Returns the error with details from its cause: a message that says what to do, and whether a retry may help. If the code that finds these
 * details cannot be loaded, returns the error unchanged.
 */
async function explainError(error: NetworkError, { call, limits, isOwnSender }: ErrorContext): Promise<NetworkError> {
  const { cause } = error
  const module = await loadErrorModule(() => import('./explain-network-error.ts'), limits)
  if (!module) return error
  const problem = { ...error, url: call.request.url, cause: cause as Error, isOwnSender }
  const { message, ...details } = module.explainNetworkError(problem)
  return new NetworkError(call.operation, message, { ...error, ...details, cause })
}

interface Attempt {
  readonly call: Call
  /** The limits of the call. */
  readonly limits: AttemptLimits
  readonly observe: AttemptObserver | undefined
}

interface Outcome {
  readonly response?: ApiResponse
  readonly error?: JobscopeError
  /** Whether the service returned 401 and the next attempt will use other credentials. */
  readonly canRenew?: boolean | undefined
}

/**
 * Returns whether a response proves that the credentials were accepted: a success, or an error code of the service, because the gateway
 * checks the credentials before it forwards a request. Any other failure may come from a proxy, a load balancer or the gateway itself.
 */
function provesAuthentication({ failure }: ApiResponse, serviceName: string): boolean {
  const { code = '', kind } = (failure ?? {}) as Partial<ApiError>
  return !failure || (kind !== 'auth' && code.toLowerCase().startsWith(`${serviceName}.`))
}

/** Runs one attempt. The attempt's deadline and the caller's signal also limit the renewal of credentials after a 401. */
async function tryOnce({ call, limits, observe }: Attempt, context: SendContext): Promise<Outcome> {
  const { clock, credentials, isOwnSender } = context
  const timeout = toMilliseconds(context.attemptTimeout ?? defaultAttemptTimeout, 'attemptTimeout')
  const deadline = clock.now() + timeout
  const attemptLimits = deadline < limits.deadline ? { ...limits, deadline, timeout } : limits
  let endAttempt = (_isUnanswered: boolean) => {}
  const ended = new Promise<boolean>(resolve => {
    endAttempt = resolve
  })
  const progress: AttemptProgress = { isSent: false }

  try {
    const run = async (unsignedHeaders?: UnsignedHeaders) => {
      const sent = await runAttempt(control => exchange(call, { control, ended, unsignedHeaders, progress }, context), {
        ...attemptLimits,
        progress,
      }).catch(error => {
        // The body of the 401 did not arrive in time. Its status is enough.
        if (progress.unauthorized && !call.signal?.aborted) return progress.unauthorized
        throw error
      })
      const rules = context.service.errors
      if (!isFailedResponse(sent.response, rules)) return sent
      return { ...sent, response: await readFailedResponse(sent, call, { rules, limits: attemptLimits }) }
    }
    const result = await (observe ? observe(run) : run())
    const { response, authorization } = result
    if (response.status === 401) {
      progress.unauthorized = undefined
      return { response, canRenew: await handleUnauthorized(result, credentials, attemptLimits) }
    }
    if (provesAuthentication(response, context.service.name)) await credentials.onAccepted?.(authorization)
    return { response }
  } catch (error) {
    // A rejected signature counts even if the caller has aborted the call.
    if (progress.unauthorized) {
      handleUnauthorized(progress.unauthorized, credentials, { ...attemptLimits, signal: undefined }).catch(() => {})
    }
    call.signal?.throwIfAborted()
    // The retry policy decides whether the call is repeated. An error that is not transient always ends the call.
    if (!isJobscopeError(error)) throw error
    // A TimeoutError has no cause, and its message is complete.
    if (!(error instanceof NetworkError && error.cause)) return { error }
    const explained = await explainError(error, { call, limits, isOwnSender })
    // Browsers report no code, also if they are offline. Then the gateway cannot have rejected anything.
    progress.isSent = explained.mayHaveHappened && !!explained.code
    return { error: explained }
  } finally {
    endAttempt(progress.isSent && !progress.isAnswered)
  }
}
