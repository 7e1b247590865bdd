import type { HeaderFields } from '../http/header-map.ts'
import type { ApiResponse } from '../http/messages.ts'

/**
 * Authenticates the requests of a client. `token()`, `aksk()`, `chain()` and `refreshing()` create credentials. Any other object with
 * `authorize` works as well.
 *
 * @example
 * const credentials: Credentials = {
 *   async authorize({ headers }) {
 *     headers.set('X-Auth-Token', await readTokenFromSecretStore())
 *   },
 * }
 */
export interface Credentials {
  /** Describes where the credentials come from, for example `environment (OS_TOKEN)`. Contains no secret. */
  readonly source?: string | undefined
  /**
   * Adds authentication to `request.headers`. The client calls this method for every attempt, so that a retry carries a fresh signature.
   * The return value is passed to `onUnauthorized` and `onAccepted`. Credentials that wrap other credentials must pass `attempt` on to the
   * wrapped credentials.
   */
  authorize(request: OutgoingRequest, attempt?: AttemptInfo): unknown
  /**
   * Called after each 401. Return `true` if `authorize` will now use other credentials, so that another attempt may succeed. The client
   * makes at most one such attempt per call. `authorization` is the return value of `authorize`. Without this method, a 401 is final,
   * because the gateway locks an access key after several rejected signatures in a row.
   */
  onUnauthorized?(authorization: unknown, response: ApiResponse): boolean | Promise<boolean>
  /**
   * Called after each response that proves that the credentials were accepted: a success, or an error with a code of the service, such as
   * `DLI.0002`. Other responses may come from a proxy or a load balancer. Credentials that wrap other credentials must call `onAccepted` of
   * the wrapped credentials, and return its result. If this method throws or rejects, the call rejects with this error.
   */
  onAccepted?(authorization: unknown): unknown
}

/** The attempt for which a request is authorized. */
export interface AttemptInfo {
  /** The operationId of the call. For a raw call, the method and the URL. */
  readonly operation: string
  /**
   * Resolves when the attempt has ended, with or without a response. If `onUnauthorized` or `onAccepted` is called, it has returned by
   * then. The value is `true` if the request was sent and no response arrived, so the gateway may have rejected the request.
   */
  readonly ended: Promise<boolean>
}

/** A request that is about to be sent. Only `headers` may be changed. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body: Uint8Array
}
