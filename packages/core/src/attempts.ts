import { type Clock, systemClock } from './clock.ts'
import type { Credentials } from './credentials/credentials.ts'
import { type Duration, milliseconds } from './duration.ts'
import { type ApiError, type JobscopeError, NetworkError, ResponseError, TimeoutError } from './errors.ts'
import { failureOf } from './failure.ts'
import type { Hooks } from './hooks.ts'
import type { ErrorKind, RetryMode, Service } from './service.ts'

/** What the calls of a client have in common. Absent means the default. */
export interface SendOptions {
  readonly credentials: Credentials
  /** For the whole call. @default '60s' */
  readonly timeout?: Duration | undefined
  /** For one attempt, its body included. @default '30s' */
  readonly attemptTimeout?: Duration | undefined
  /** Attempts after the first. @default 3 */
  readonly retry?: number | false | undefined
  readonly fetch?: typeof fetch | undefined
  readonly clock?: Clock | undefined
  readonly hooks?: Hooks | undefined
}

/** What is one call's own. */
export interface Call {
  readonly operation: string
  /** @default `safe` for GET and HEAD, else `rejected` */
  readonly mode?: RetryMode | undefined
  readonly options: Pick<SendOptions, 'timeout' | 'retry'> & { readonly signal?: AbortSignal | undefined }
}

/** A response, and what was read of it; it cannot be read again. */
export interface Answer extends Response {
  /** The body: parsed JSON, the text where it is none, `undefined` where there is none. */
  readonly parsed: unknown
  /** The failure that the response is, if it is one. */
  readonly failure: ApiError | ResponseError | undefined
}

/**
 * What sends the requests of a client until they have an answer that counts, and reads it.
 *
 * The body of the request is buffered once, each attempt is authorized anew, and the body of the response is read inside
 * its attempt, so that a connection that breaks or stalls half-way is retried as well. Between attempts it waits as long
 * as `Retry-After` says, or else a random time that doubles its bound; a wait that would pass the deadline is not begun.
 */
export function createSend(
  { errors, json = JSON, redact }: Pick<Service, 'errors' | 'json' | 'redact'>,
  options: SendOptions,
) {
  const { credentials, clock = systemClock, fetch = globalThis.fetch, hooks } = options
  if (!credentials) throw new TypeError('credentials: must be given')
  /**
   * Retries that the client may still make, at most 100. Each takes one, each good answer gives one back: so they do not
   * multiply an outage, and where most calls succeed none is missing.
   */
  let left = 100

  return async (request: Request, { operation, mode, options: own }: Call): Promise<Answer> => {
    const signal = own.signal
    const { method, url } = request
    const deadline = clock.now() + milliseconds(own.timeout ?? options.timeout ?? '60s', 'timeout')
    const attemptTimeout = milliseconds(options.attemptTimeout ?? '30s', 'attemptTimeout')
    const body = new Uint8Array(await request.arrayBuffer())
    // Without one: only where the server surely did nothing.
    if (/GET|HEAD/.test(method)) mode ??= 'safe'
    let replayed = false
    let used: unknown
    for (let attempt = 0; ; attempt++) {
      signal?.throwIfAborted()
      let answer: Answer | undefined
      let error: (JobscopeError & Retryable) | undefined
      try {
        answer = await (hooks ? hooks({ operation, request, attempt }, limited) : limited())
        error = answer.failure
        if (answer.status !== 401) credentials.accepted?.(used)
        else if ((await credentials.rejected?.(used, answer, answer.parsed)) && !replayed) {
          replayed = true
          continue
        }
      } catch (thrown) {
        signal?.throwIfAborted()
        if (!(thrown instanceof NetworkError)) throw thrown
        error = thrown
      }
      const { kind, retryAfter, mayHaveHappened } = error ?? {}
      const untouched = kind === 'rate-limit' || mayHaveHappened === false
      const again = untouched ? mode !== 'never' : mode === 'safe' && (kind === 'transient' || mayHaveHappened)
      const wait = retryAfter ?? Math.random() * Math.min(8000, 500 * 2 ** attempt)
      if (
        !again ||
        attempt >= ((own.retry ?? options.retry ?? 3) as number) ||
        !left ||
        clock.now() + wait >= deadline
      ) {
        if (!error && left < 100) left++
        if (answer) return answer
        throw error
      }
      left--
      await clock.sleep(wait, signal)
    }

    /** One attempt, ended in time or by the caller, whether or not `fetch` listens to its signal. */
    function limited(): Promise<Answer> {
      const ending = new AbortController()
      const either = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal
      const late = clock.sleep(Math.min(attemptTimeout, deadline - clock.now()), either).then(() => {
        throw new TimeoutError(operation, 'no answer', { mayHaveHappened: true })
      })
      // Ended in any case: it stops the clock, and a body that nobody reads. A reason is given, and a
      // truthy one: without, Node makes two errors with their stacks for each attempt.
      return Promise.race([late, exchange(either)]).finally(() => ending.abort(1))
    }

    /** Authorizes, sends and reads. What `fetch` throws becomes a NetworkError; what credentials throw is theirs and final. */
    async function exchange(signal: AbortSignal): Promise<Answer> {
      const headers = new Headers(request.headers)
      used = await credentials.authorize({ method, url, headers, body })
      let response: Response
      let text: string
      try {
        // A redirect is not followed: the token would go along, to whichever host it names.
        response = await fetch(url, { method, headers, body: body.length ? body : null, redirect: 'manual', signal })
        text = await response.text()
      } catch (cause) {
        const code = (cause as { cause?: { code?: string } }).cause?.code
        // ECONNREFUSED, ENOTFOUND, EAI_AGAIN, UND_ERR_CONNECT_TIMEOUT: Node's codes for a connection that never stood. The
        // server surely did nothing. A browser does not tell.
        const mayHaveHappened = !/USED|NOTF|AGAIN|CT_T/.test(code as string)
        throw new NetworkError(operation, `no answer: ${code ?? (cause as Error).message}`, { mayHaveHappened, cause })
      }
      const { status } = response
      // 300 to 399, or 0, which is how a browser shows one.
      if (status % 300 < 100) throw new ResponseError(operation, 'redirect', { status })
      // A read that is answered 200 has a body; one without has lost it, and is no JSON.
      let parsed: unknown = (mode === 'safe' && status === 200) || text ? text : undefined
      try {
        parsed = json.parse(text)
      } catch {}
      const read = (parsed: unknown) =>
        Object.assign(response, { parsed, failure: failureOf(operation, errors, response, parsed) })
      // A server that refuses a request may quote it, its secrets among the rest.
      return read(parsed).failure && redact
        ? read(redact(parsed, headers, request.headers, errors.secrets?.(body)))
        : (response as Answer)
    }
  }
}

/** What of an error decides about another attempt. */
interface Retryable {
  readonly kind?: ErrorKind
  readonly retryAfter?: number | undefined
  readonly mayHaveHappened?: boolean
}
