import { getPlatformSender } from '#platform'
import type { Credentials, ResponseHead } from '../auth/credentials.ts'
import { type ApiError, type JobscopeError, NetworkError, ResponseError, TimeoutError } from '../errors/errors.ts'
import { type Clock, limit, systemClock } from '../time/clock.ts'
import { type Duration, toMilliseconds } from '../time/duration.ts'
import { readFailure } from './failure.ts'
import { type HeaderFields, HeaderMap } from './header-map.ts'
import type { Hooks } from './hooks.ts'
import { byFetch } from './senders/fetch.ts'
import type { Attempt } from './senders/sender.ts'
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

/** A request before it is authorized. */
export interface ApiRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Uint8Array<ArrayBuffer>
}

/** What is one call's own. */
export interface Call {
  readonly operation: string
  /** @default `safe` for GET and HEAD, else `unprocessed` */
  readonly mode?: RetryMode | undefined
  readonly options: Pick<SendOptions, 'timeout' | 'retry'> & { readonly signal?: AbortSignal | undefined }
}

/** An answer, read to its end. */
export interface ApiResponse extends ResponseHead {
  /** The body: parsed JSON, the text where it is none, `undefined` where there is none. */
  readonly parsed: unknown
  /** The failure that the answer is, if it is one. */
  readonly failure: ApiError | ResponseError | undefined
}

/**
 * What sends the requests of a client until they have an answer that counts, and reads it.
 *
 * Each attempt is authorized anew, and the body of the answer is read inside its attempt, so that a connection that breaks or
 * stalls half-way is retried as well. Between attempts it waits as long as `Retry-After` says, or else a random time that
 * doubles its bound; a wait that would pass the deadline is not begun.
 */
export function createSend(
  { errors, json = JSON, redact }: Pick<Service, 'errors' | 'json' | 'redact'>,
  options: SendOptions,
) {
  const { credentials, clock = systemClock, hooks } = options
  if (!credentials) throw new TypeError('credentials: must be given')
  const sender = (options.fetch ? undefined : getPlatformSender()) ?? byFetch(options.fetch ?? globalThis.fetch)
  /**
   * Retries that the client may still make, at most 100. Each takes one, each good answer gives one back: so they do not
   * multiply an outage, and where most calls succeed none is missing.
   */
  let left = 100

  return async (request: ApiRequest, { operation, mode, options: own }: Call): Promise<ApiResponse> => {
    const { signal } = own
    const { method, body } = request
    const deadline = clock.now() + toMilliseconds(own.timeout ?? options.timeout ?? 60_000, 'timeout')
    const attemptTimeout = toMilliseconds(options.attemptTimeout ?? 30_000, 'attemptTimeout')
    const retries = Number(own.retry ?? options.retry ?? 3)
    // Without one: only where the server surely did nothing.
    if (method === 'GET' || method === 'HEAD') mode ??= 'safe'
    let replayed = false
    let used: unknown
    for (let attempt = 0; ; attempt++) {
      signal?.throwIfAborted()
      let answer: ApiResponse | undefined
      let error: (JobscopeError & Retryable) | undefined
      try {
        answer = await (hooks ? hooks({ operation, request, attempt }, limited) : limited())
        error = answer.failure
        if (answer.status !== 401) credentials.onAccepted?.(used)
        else if ((await credentials.onUnauthorized?.(used, answer, answer.parsed)) && !replayed) {
          replayed = true
          continue
        }
      } catch (thrown) {
        signal?.throwIfAborted()
        if (!(thrown instanceof NetworkError)) throw thrown
        error = thrown
      }
      const wait = error?.retryAfter ?? Math.random() * Math.min(8000, 500 * 2 ** attempt)
      const again = error && attempt < retries && left > 0 && isRetryable(error, mode) && clock.now() + wait < deadline
      if (!again) {
        if (!error && left < 100) left++
        if (answer) return answer
        throw error
      }
      left--
      await clock.sleep(wait, signal)
    }

    /** One attempt, ended in time or by the caller, whether or not what sends it listens to its signal. */
    function limited(): Promise<ApiResponse> {
      const attempt: Attempt = { over: false, breakOff() {}, limit: (ms, late) => limit(clock, ms, late) }
      return new Promise((resolve, reject) => {
        const ms = Math.min(attemptTimeout, deadline - clock.now())
        const stop = attempt.limit(ms, () =>
          end(new TimeoutError(operation, `no answer within ${ms} ms`, { mayHaveHappened: true })),
        )
        const aborted = () => end(signal?.reason)
        signal?.addEventListener('abort', aborted)
        // Before anybody learns of it: a limit that outlived its attempt would be one of the next.
        const over = () => {
          stop()
          signal?.removeEventListener('abort', aborted)
        }
        const end = (reason: unknown) => {
          over()
          reject(reason)
          attempt.over = true
          attempt.breakOff(reason)
        }
        exchange(attempt).finally(over).then(resolve, reject)
      })
    }

    /** Authorizes, sends and reads. What sending fails with becomes a NetworkError; what credentials throw is theirs and final. */
    async function exchange(attempt: Attempt): Promise<ApiResponse> {
      const outgoing = { ...request, headers: new HeaderMap(request.headers) }
      used = await credentials.authorize(outgoing)
      // Nobody waits for it any more, nor for this: it must not be sent.
      if (attempt.over) throw new Error('over')
      const outcome = await sender(outgoing, attempt)
      if ('cause' in outcome) {
        const { cause, code, mayHaveHappened } = outcome
        throw new NetworkError(operation, `no answer: ${code ?? (cause as Error).message}`, { mayHaveHappened, cause })
      }
      const { status, headers, text } = outcome
      // 0 is how a browser shows one.
      if (status === 0 || (status >= 300 && status < 400)) throw new ResponseError(operation, 'redirect', { status })
      const head = { status, headers }
      const read = (parsed: unknown): ApiResponse => ({
        ...head,
        parsed,
        failure: readFailure(operation, errors, head, parsed),
      })
      // A read that is answered 200 has a body; one without has lost it, and is no JSON.
      const empty = text === '' && !(mode === 'safe' && status === 200)
      const answer = read(empty ? undefined : parsedBy(json, text))
      // A server that refuses a request may quote it, its secrets among the rest.
      if (!answer.failure || !redact) return answer
      return read(redact(answer.parsed, outgoing.headers, request.headers, errors.secrets?.(body)))
    }
  }
}

/** What of an error decides about another attempt. */
interface Retryable {
  readonly kind?: ErrorKind
  readonly retryAfter?: number | undefined
  readonly mayHaveHappened?: boolean
}

function isRetryable({ kind, mayHaveHappened }: Retryable, mode: RetryMode | undefined): boolean {
  const untouched = kind === 'rate-limit' || mayHaveHappened === false
  if (untouched) return mode !== 'never'
  return mode === 'safe' && (kind === 'transient' || mayHaveHappened === true)
}

/** The value of a JSON text; the text itself where it is none. */
function parsedBy(json: { parse(text: string): unknown }, text: string): unknown {
  try {
    return json.parse(text)
  } catch {
    return text
  }
}
