import { isJobscopeError, type JobscopeError } from '../errors/jobscope-error.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { toMilliseconds } from '../time/duration.ts'
import { exchange } from './exchange.ts'
import { callHook } from './hooks.ts'
import type { ApiResponse } from './messages.ts'
import type { AttemptObserver, ObserverContext } from './observe-attempts.ts'
import { computeRetryDelay, getDefaultRetryMode, isRetryable, type RetryCriteria } from './retry-policy.ts'
import { runAttempt } from './run-attempt.ts'
import type { Call, SendContext } from './send-context.ts'
import type { AttemptControl } from './senders/sender.ts'

/**
 * Sends a request until it succeeds, fails permanently, or reaches its timeout. Each attempt is authorized again, so a retry carries a
 * fresh signature. The response body is read within the attempt, so a connection that breaks in the middle is retried as well.
 * A retry whose delay would pass the deadline is not started.
 *
 * @returns the last response; its `failure` is set if the service reported one
 * @throws NetworkError or TimeoutError if the last attempt got no response
 * @throws ResponseError if the response is a redirect
 * @throws the error of the credentials if they fail
 * @throws `signal.reason` if the caller aborts
 */
export async function sendWithRetries(call: Call, context: SendContext): Promise<ApiResponse> {
  const { service, clock, budget, hooks } = context
  const { signal, retryMode = getDefaultRetryMode(call.request.method) } = call
  const maxRetries = Number(call.retry ?? context.retry ?? 3)
  const deadline = clock.now() + toMilliseconds(call.timeout ?? context.timeout ?? '60s', 'timeout')
  const observe = hooks && (await loadObserver({ call, hooks, rules: service.errors, callHook }))
  let hasRenewedCredentials = false

  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted()
    const { response, error, canRenew } = await tryOnce({ call: { ...call, retryMode }, deadline, observe }, context)
    if (canRenew && !hasRenewedCredentials) {
      hasRenewedCredentials = true
      continue
    }
    const failure = (error ?? response?.failure) as RetryCriteria | undefined
    const delay = computeRetryDelay(attempt, failure?.retryAfter)
    const isDue = attempt < maxRetries && clock.now() + delay < deadline
    if (!failure) budget.refund()
    if (!failure || !isDue || !isRetryable(failure, retryMode) || !budget.take()) {
      if (response) return response
      throw error
    }
    await clock.sleep(delay, signal)
  }
}

/** Loads the code for hooks when it is needed, because most clients do not use them. */
async function loadObserver(context: ObserverContext): Promise<AttemptObserver> {
  const { createAttemptObserver } = await import('./observe-attempts.ts')
  return createAttemptObserver(context)
}

interface Attempt {
  readonly call: Call
  readonly deadline: number
  readonly observe: AttemptObserver | undefined
}

interface Outcome {
  readonly response?: ApiResponse
  readonly error?: JobscopeError
  /** The service returned 401, and the next attempt will use other credentials. */
  readonly canRenew?: boolean | undefined
}

/** Runs one attempt. The renewal of credentials after a 401 is limited by the attempt's time and the caller's signal as well. */
async function tryOnce({ call, deadline, observe }: Attempt, context: SendContext): Promise<Outcome> {
  const { clock, credentials } = context
  const { operation, signal } = call
  const attemptTimeout = toMilliseconds(context.attemptTimeout ?? '30s', 'attemptTimeout')
  const attemptDeadline = Math.min(deadline, clock.now() + attemptTimeout)

  let mayHaveHappened = true
  let endAttempt = () => {}
  const ended = new Promise<void>(resolve => {
    endAttempt = resolve
  })

  function runLimited<Result>(run: (control: AttemptControl) => Promise<Result>) {
    const timeout = attemptDeadline - clock.now()
    const onTimeout = () =>
      new TimeoutError(operation, `No response within ${Math.round(timeout)} ms.`, { mayHaveHappened })
    return runAttempt(run, { clock, timeout, signal, onTimeout })
  }

  try {
    const run = () => runLimited(control => exchange({ ...call, ended }, control, context))
    const { response, authorization } = await (observe ? observe(run) : run())
    if (response.status !== 401) {
      credentials.onAccepted?.(authorization)
      return { response }
    }
    // A 401 means that the service did not process the request, so from here on a timeout cannot hide an effect.
    mayHaveHappened = false
    return { response, canRenew: await runLimited(async () => credentials.onUnauthorized?.(authorization, response)) }
  } catch (error) {
    signal?.throwIfAborted()
    // The retry policy decides. It does not repeat a call after an error that is not transient.
    if (isJobscopeError(error)) return { error }
    throw error
  } finally {
    endAttempt()
  }
}
