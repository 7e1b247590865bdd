import type { Clock } from './clock.ts'
import type { Credentials } from './credentials/credentials.ts'
import { type ApiFailure, NetworkError, ResponseError, TimeoutError } from './errors.ts'
import { failureOf } from './failure.ts'
import { retryAfter } from './retry-after.ts'
import type { ErrorRules, RetryMode } from './service.ts'

/** Everything one call needs to send its request as often as is right. Times in ms. */
export interface AttemptPolicy {
  readonly operation: string
  readonly errors: ErrorRules
  readonly credentials: Credentials
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** For the whole call. */
  readonly timeout: number
  /** For one attempt, its body included. */
  readonly attemptTimeout: number
  /** Attempts after the first. */
  readonly retries: number
  readonly mode: RetryMode
  readonly signal: AbortSignal | undefined
}

/** A response whose body has been read. `body` is parsed JSON, the text where it is none, `undefined` where there is none. */
export interface Reply {
  readonly response: Response
  readonly body: unknown
  readonly failure: ApiFailure | undefined
}

/** Node's codes for a connection that never stood: the server surely did nothing. A browser does not tell. */
const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/

type Payload = Uint8Array<ArrayBuffer>

const firstWait = 500
const longestWait = 8000

/**
 * Sends a request until it has an answer that counts, and reads it.
 *
 * The body of the request is buffered once, each attempt is authorized anew, and the body of the response is read inside
 * its attempt, so that a connection that breaks or stalls half-way is retried as well. Between attempts it waits as long
 * as `Retry-After` says, or else a random time that doubles its bound; a wait that would pass the deadline is not begun.
 */
export async function send(request: Request, policy: AttemptPolicy): Promise<Reply> {
  const { clock, signal, mode } = policy
  const deadline = clock.now() + policy.timeout
  const payload = new Uint8Array(await request.arrayBuffer())
  let replayed = false
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    let reply: Reply | undefined
    let error: unknown
    try {
      const [answer, used] = await once(request, payload, policy, deadline - clock.now())
      reply = answer
      const { status, headers } = reply.response
      if (status === 401 && !replayed) {
        replayed = true
        const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? '')
        if (await policy.credentials.rejected?.(used, { status, headers, text })) continue
      }
    } catch (thrown) {
      if (signal?.aborted || !(thrown instanceof NetworkError)) throw thrown
      error = thrown
    }
    const wait =
      (reply && retryAfter(reply.response.headers)) ??
      Math.random() * Math.min(longestWait, firstWait * 2 ** (attempt - 1))
    if (attempt > policy.retries || !retryable(mode, reply?.failure, error) || clock.now() + wait >= deadline) {
      if (reply) return reply
      throw error
    }
    await clock.sleep(wait, signal)
  }
}

function retryable(mode: RetryMode, failure: ApiFailure | undefined, error: unknown): boolean {
  if (mode === 'never') return false
  if (error) return mode === 'safe' || !(error as NetworkError).mayHaveHappened
  return failure?.kind === 'rate-limit' || (mode === 'safe' && failure?.kind === 'transient')
}

/** One attempt, ended by its timeout, the deadline or the caller, whether or not `fetch` listens to its signal. */
async function once(
  request: Request,
  payload: Payload,
  policy: AttemptPolicy,
  left: number,
): Promise<[Reply, unknown]> {
  const { signal, operation, clock } = policy
  const limit = Math.min(policy.attemptTimeout, left)
  const attempt = new AbortController()
  const timer = new AbortController()
  const abort = () => attempt.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  clock.sleep(limit, timer.signal).then(
    () => attempt.abort(new TimeoutError(operation, `no answer within ${Math.round(limit)} ms`, true)),
    () => {},
  )
  try {
    return await new Promise((resolve, reject) => {
      attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason))
      exchange(request, payload, policy, attempt.signal).then(resolve, reject)
    })
  } finally {
    timer.abort()
    signal?.removeEventListener('abort', abort)
  }
}

/** Authorizes, sends and reads. What `fetch` throws becomes a NetworkError; what credentials throw is theirs and final. */
async function exchange(
  request: Request,
  payload: Payload,
  policy: AttemptPolicy,
  signal: AbortSignal,
): Promise<[Reply, unknown]> {
  const { operation, errors } = policy
  const { method, url } = request
  const headers = new Headers(request.headers)
  const used = await policy.credentials.authorize({ method, url, headers, body: payload })
  let response: Response
  let bytes: ArrayBuffer
  try {
    // A redirect is not followed: the token would go along, to whichever host it names.
    response = await policy.fetch(url, {
      method,
      headers,
      body: payload.length ? payload : null,
      redirect: 'manual',
      signal,
    })
    bytes = await response.arrayBuffer()
  } catch (cause) {
    const code = (cause as { cause?: { code?: string } }).cause?.code
    throw new NetworkError(
      operation,
      `no answer: ${code ?? (cause as Error).message}`,
      !neverConnected.test(code ?? ''),
      { cause },
    )
  }
  const { status, statusText, type } = response
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    throw new ResponseError(operation, 'refused a redirect', status)
  const text = new TextDecoder().decode(bytes)
  let body: unknown = text || undefined
  try {
    body = JSON.parse(text)
  } catch {}
  // openapi-fetch gets a response that can still be read, without headers that no longer fit it.
  const rest = new Headers(response.headers)
  rest.delete('content-encoding')
  rest.delete('content-length')
  const readable = new Response(bytes.byteLength ? bytes : null, { status, statusText, headers: rest })
  return [{ response: readable, body, failure: failureOf(errors, readable, body) }, used]
}
