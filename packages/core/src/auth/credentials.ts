import type { HeaderFields } from '../http/header-map.ts'

/**
 * How a client proves who is calling. `token()`, `aksk()`, `chain()` and `refreshing()` make one; anything with these two
 * methods will do.
 *
 * @example
 * const credentials: Credentials = {
 *   async authorize({ headers }) {
 *     headers.set('X-Auth-Token', await readTokenFromVault())
 *   },
 * }
 */
export interface Credentials {
  /** Where they are from, in words for people: `environment (OS_TOKEN)`. Never a secret. */
  readonly source?: string | undefined
  /**
   * Puts authentication into `request.headers`. Called for every attempt, so that a retry carries a fresh signature.
   * What it returns is handed to `onUnauthorized` if the server answers 401.
   */
  authorize(request: OutgoingRequest): unknown
  /**
   * Told of each 401. `true` means that the call is worth one more attempt (it gets one, not more), because `authorize` will
   * now do something else. `used` is what `authorize` returned, `body` the parsed body of `answer`. Without this method a
   * 401 is final, because rejected signatures in a row lock an access key.
   */
  onUnauthorized?(used: unknown, answer: ResponseHead, body: unknown): boolean | Promise<boolean>
  /** Told of each answer that is no 401: what `authorize` did was accepted. Credentials that wrap others pass it on. */
  onAccepted?(used: unknown): void
}

/** Status and headers of an answer. */
export interface ResponseHead {
  /** HTTP status. */
  readonly status: number
  readonly headers: HeaderFields
}

/** A request that is about to be sent. Only `headers` may be changed. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Uint8Array
}

/**
 * Refuses a secret that no header can carry. Without this what sends it would, and might quote it in the error.
 *
 * @throws TypeError naming the field, never the value
 */
export function headerSafe(value: unknown, name: string): string {
  if (typeof value === 'string' && /^[!-~]+$/.test(value)) return value
  throw new TypeError(`${name}: must be given, without spaces`)
}
