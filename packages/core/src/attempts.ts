import { type Clock, systemClock } from './clock.ts'
import type { Credentials } from './credentials/credentials.ts'
import { type Duration, milliseconds } from './duration.ts'
import { type ApiError, type JobscopeError, NetworkError, ResponseError, TimeoutError } from './errors.ts'
import { failureOf } from './failure.ts'
import { redacted } from './redact.ts'
import type { ErrorKind, ErrorRules, RetryMode } from './service.ts'

/** Everything that decides how often, and for how long, one request is sent. Absent means the default. */
export interface AttemptPolicy {
  operation: string
  errors: ErrorRules
  /** @default `safe` for GET and HEAD, else `rejected` */
  mode: RetryMode | undefined
  credentials: Credentials
  /** For the whole call. @default '60s' */
  timeout?: Duration | undefined
  /** For one attempt, its body included. @default '30s' */
  attemptTimeout?: Duration | undefined
  /** Attempts after the first. @default 3 */
  retry?: number | false | undefined
  signal?: AbortSignal | undefined
  fetch?: typeof fetch | undefined
  clock?: Clock | undefined
}

/** A response that can still be read, and what was read of it. */
export interface Answer extends Response {
  /** The body: parsed JSON, the text where it is none, `undefined` where there is none. */
  readonly parsed: unknown
  /** The failure that the response is, if it is one. */
  readonly failure: ApiError | ResponseError | undefined
}

/**
 * Sends a request until it has an answer that counts, and reads it.
 *
 * The body of the request is buffered once, each attempt is authorized anew, and the body of the response is read inside
 * its attempt, so that a connection that breaks or stalls half-way is retried as well. Between attempts it waits as long
 * as `Retry-After` says, or else a random time that doubles its bound; a wait that would pass the deadline is not begun.
 */
export async function send(request: Request, policy: AttemptPolicy): Promise<Answer> {
  const { method, url } = request
  const { operation, credentials, signal, clock = systemClock, fetch = globalThis.fetch } = policy
  const mode = policy.mode ?? (/GET|HEAD/.test(method) ? 'safe' : 'rejected')
  const deadline = clock.now() + milliseconds(policy.timeout ?? '60s', 'timeout')
  const attemptTimeout = milliseconds(policy.attemptTimeout ?? '30s', 'attemptTimeout')
  const payload = new Uint8Array(await request.arrayBuffer())
  let replayed = false
  let used: unknown
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted()
    let answer: Answer | undefined
    let error: (JobscopeError & Retryable) | undefined
    try {
      answer = await limited(Math.min(attemptTimeout, deadline - clock.now()))
      error = answer.failure
      if (answer.status === 401 && !replayed) {
        replayed = true
        if (await credentials.rejected?.(used, answer, answer.parsed)) continue
      }
    } catch (thrown) {
      if (signal?.aborted || !(thrown instanceof NetworkError)) throw thrown
      error = thrown
    }
    const { kind, retryAfter, mayHaveHappened } = error ?? {}
    const untouched = kind === 'rate-limit' || mayHaveHappened === false
    const again = untouched ? mode !== 'never' : mode === 'safe' && (kind === 'transient' || mayHaveHappened)
    const wait = retryAfter ?? Math.random() * Math.min(8000, 500 * 2 ** attempt)
    if (!again || attempt >= ((policy.retry ?? 3) as number) || clock.now() + wait >= deadline) {
      if (answer) return answer
      throw error
    }
    await clock.sleep(wait, signal)
  }

  /** One attempt, ended after `limit` ms or by the caller, whether or not `fetch` listens to its signal. */
  function limited(limit: number): Promise<Answer> {
    const ending = new AbortController()
    signal?.addEventListener('abort', () => ending.abort(signal.reason), { signal: ending.signal })
    clock.sleep(limit, ending.signal).then(
      () => ending.abort(new TimeoutError(operation, `no answer within ${limit | 0} ms`, { mayHaveHappened: true })),
      () => {},
    )
    const attempt = new Promise<Answer>((resolve, reject) => {
      ending.signal.addEventListener('abort', () => reject(ending.signal.reason))
      exchange(ending.signal).then(resolve, reject)
    })
    // Ended in any case: it stops the clock, and a body that nobody reads.
    return attempt.finally(() => ending.abort())
  }

  /** Authorizes, sends and reads. What `fetch` throws becomes a NetworkError; what credentials throw is theirs and final. */
  async function exchange(signal: AbortSignal): Promise<Answer> {
    const headers = new Headers(request.headers)
    used = await credentials.authorize({ method, url, headers, body: payload })
    let response: Response
    let text: string
    try {
      // A redirect is not followed: the token would go along, to whichever host it names.
      response = await fetch(url, {
        method,
        headers,
        body: payload.length ? payload : null,
        redirect: 'manual',
        signal,
      })
      text = await response.text()
    } catch (cause) {
      const { code = '' } = (cause as { cause?: { code?: string } }).cause ?? {}
      // Node's codes for a connection that never stood: the server surely did nothing. A browser does not tell.
      const mayHaveHappened = !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT/.test(code)
      throw new NetworkError(operation, `no answer: ${code || (cause as Error).message}`, { mayHaveHappened, cause })
    }
    const { status } = response
    // 0 is how a browser shows one.
    if (/^(0|3..)$/.test(`${status}`)) throw new ResponseError(operation, 'refused a redirect', { status })
    let parsed: unknown = text || undefined
    try {
      parsed = JSON.parse(text)
    } catch {}
    let failure = failureOf(operation, policy.errors, response, parsed)
    if (failure) {
      parsed = redacted(parsed, { headers, body: payload }, request.headers, policy.errors.secrets)
      failure = failureOf(operation, policy.errors, response, parsed)
      text = typeof parsed === 'object' ? JSON.stringify(parsed) : `${parsed ?? ''}`
    }
    // Read once, and readable again, for openapi-fetch.
    return Object.assign(new Response(text || null, response), { parsed, failure })
  }
}

/** What of an error decides about another attempt. */
interface Retryable {
  readonly kind?: ErrorKind
  readonly retryAfter?: number | undefined
  readonly mayHaveHappened?: boolean
}
