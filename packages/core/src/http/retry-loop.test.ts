import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFetchError, createTestClient, type FakeResponse } from '../../test/test-client.ts'
import { isJobscopeError } from '../errors/jobscope-error.ts'

/** How a server or a connection responds to one attempt. */
interface Fault {
  readonly respond: () => FakeResponse
  /** Whether it is certain that the server did not process the request. */
  readonly isUnprocessed?: boolean
  /** Whether a retry can help. */
  readonly isTransient: boolean
  /** The value of Retry-After, in milliseconds. */
  readonly retryAfter?: number
  readonly isSuccess?: boolean
}

const createStatusFault = (status: number, retryAfter?: number): Fault => ({
  respond: () =>
    new Response('{"error_code":"SVC.1"}', {
      status,
      headers: retryAfter === undefined ? {} : { 'Retry-After': `${retryAfter}` },
    }),
  isTransient: status === 408 || status === 429 || status >= 500,
  isUnprocessed: status === 429,
  ...(retryAfter !== undefined && retryAfter > 0 && { retryAfter: Math.min(retryAfter * 1000, 3_600_000) }),
})

const success: Fault = { respond: () => new Response('{"id":"j"}'), isTransient: false, isSuccess: true }

const fault = fc.oneof(
  fc.constant(success),
  fc
    .tuple(
      fc.constantFrom(400, 403, 404, 408, 409, 429, 500, 502, 503, 504),
      fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
    )
    .map(([status, retryAfter]) => createStatusFault(status, retryAfter)),
  fc.constantFrom<Fault>(
    { respond: () => createFetchError('ECONNREFUSED'), isTransient: true, isUnprocessed: true },
    { respond: () => createFetchError('ECONNRESET'), isTransient: true },
    { respond: () => new Response('<html>'), isTransient: true },
    { respond: () => new Response(''), isTransient: true },
    { respond: () => 'hang', isTransient: true },
  ),
)

const call = fc.record({
  operation: fc.constantFrom('getJob', 'createJob', 'chargeOnce'),
  retry: fc.integer({ min: 0, max: 6 }),
  timeout: fc.integer({ min: 100, max: 600_000 }),
  faults: fc.array(fault, { minLength: 7, maxLength: 7 }),
})

test('a call with random faults ends before its timeout, and repeats a request only if this is safe and can help', async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ operation, retry, timeout, faults }) => {
      const responses = faults.map(({ respond }) => respond())
      const { client, clock, requests } = createTestClient(responses, { retry, timeout, attemptTimeout: 30_000 })
      const method = client[operation as 'getJob' | 'createJob' | 'chargeOnce']
      const args = operation === 'getJob' ? { job_id: 'j' } : { body: {} }
      const result = await method(args).then(
        value => ({ value }),
        (error: unknown) => ({ error }),
      )
      const attempts = faults.slice(0, requests.length)
      const last = attempts.at(-1) as Fault
      const mayRepeat = ({ isTransient, isUnprocessed = false }: Fault) =>
        isTransient && operation !== 'chargeOnce' && (operation === 'getJob' || isUnprocessed)

      expect(requests.length).toBeGreaterThan(0)
      expect(requests.length).toBeLessThanOrEqual(retry + 1)
      for (const attempt of attempts.slice(0, -1)) expect(mayRepeat(attempt)).toBe(true)
      if ('error' in result) expect(isJobscopeError(result.error)).toBe(true)
      expect('value' in result).toBe(last.isSuccess === true)
      expect(clock.now()).toBeLessThanOrEqual(timeout)
      // The call waits at least as long as the server requested.
      const requestedDelays = attempts.slice(0, -1).map(({ retryAfter = 0 }) => retryAfter)
      expect(clock.now()).toBeGreaterThanOrEqual(requestedDelays.reduce((sum, delay) => sum + delay, 0))
      // If a retry is allowed but was not made, the timeout must be the reason.
      if (mayRepeat(last) && requests.length <= retry) {
        const maxDelay = last.retryAfter ?? Math.min(8000, 500 * 2 ** (requests.length - 1))
        expect(clock.now() + maxDelay).toBeGreaterThanOrEqual(timeout)
      }
    }),
    { numRuns: 300 },
  )
})
