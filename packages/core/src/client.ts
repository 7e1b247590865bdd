import { type Answer, createSend } from './attempts.ts'
import type { Clock } from './clock.ts'
import { type Credentials, headerSafe } from './credentials/credentials.ts'
import type { Duration } from './duration.ts'
import { type EndpointOptions, endpointOf } from './endpoint.ts'
import type { Hooks } from './hooks.ts'
import type { Idempotency } from './idempotency.ts'
import type { Service } from './service.ts'
import { createTransport, type HttpClient } from './transport.ts'

export interface ClientOptions extends EndpointOptions {
  /** Who is calling: `token()`, `aksk()`, or your own. */
  credentials: Credentials
  /** Id of the project whose jobs are meant. Fills `{project_id}`, and is sent (and signed) as `X-Project-Id`. */
  projectId: string | undefined
  /** For a whole call, its retries and the waits between them included. @default '60s' */
  timeout?: Duration | undefined
  /** For one attempt with its body. @default '30s' */
  attemptTimeout?: Duration | undefined
  /** How often a call that may be retried is retried; `false` is never. @default 3 */
  retry?: number | false | undefined
  /** Sends the requests: a proxy, an own certificate authority, a test. @default globalThis.fetch */
  fetch?: typeof fetch | undefined
  /** Told of every attempt, retry and look of a wait: `observe({ onRequest, onResponse, onRetry, onPoll })`. */
  hooks?: Hooks | undefined
  /** Time, for tests. */
  clock?: Clock | undefined
}

/** What a single call may set for itself. */
export interface CallOptions {
  /** Ends the call at once; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** For the whole call, its retries and the waits between them included. @default the client's, '60s' */
  timeout?: Duration | undefined
  /** Extra request headers. */
  headers?: Record<string, string> | undefined
  /** How often the call is retried if it may be; `false` is never. @default the client's, 3 */
  retry?: number | false | undefined
  /**
   * What to do when the reply to the creation of a job is lost: `findOrCreate` looks for the job by its name before it sends
   * the request again.
   *
   * @default the error is thrown, with `mayHaveHappened`
   */
  idempotency?: Idempotency | undefined
}

/** What every client has besides its methods. */
export interface RawClient<Paths extends object> {
  /**
   * openapi-fetch itself: the raw, typed HTTP call. It signs, retries and times out like the methods, but returns
   * `{ data, error, response }` instead of throwing an ApiError.
   *
   * @example
   * const { data, error, response } = await dli.http.GET('/v2.0/{project_id}/batches/{batch_id}', {
   *   params: { path: { project_id: projectId, batch_id } },
   * })
   */
  readonly http: HttpClient<Paths>
}

type Args = Record<string, unknown>

/** Path parameters that a client knows, so that its calls need not give them. */
export type PathParameters = { readonly [name: string]: string | undefined }

/**
 * A client for a service: a method for each of its operations, and `http`.
 *
 * `Methods` and `Paths` are what codegen derived from the same spec as `service`; a generated type test keeps them in step.
 *
 * @param parameters path parameters, besides `project_id`, that calls may leave to the client
 * @throws TypeError naming the option that is missing or wrong
 */
export function createClient<Methods, Paths extends object>(
  service: Service,
  options: ClientOptions,
  parameters?: PathParameters,
): Methods & RawClient<Paths> {
  const { projectId } = options
  const send = createSend(service, options)
  const http = createTransport<Paths>({
    baseUrl: endpointOf(service, options),
    headers: { 'X-Project-Id': projectId },
    bodySerializer: service.json?.stringify,
    async fetch(request) {
      const { call, method, url } = request
      const answer = await send(request, call ?? { operation: `${method} ${url}`, options: request })
      const { parsed, failure } = answer
      // A raw call: readable again, for openapi-fetch, and with the integers as they were sent.
      if (!call) return new Response(typeof parsed === 'string' ? parsed : JSON.stringify(parsed), answer)
      if (failure) throw failure
      return answer
    },
  })

  const client: Record<string, unknown> = { http }
  for (const [operation, [route, flags]] of Object.entries(service.operations)) {
    const [method, path] = route.split(' ') as [string, string]
    client[operation] = async (args?: Args, { idempotency, ...call }: CallOptions = {}) => {
      if (idempotency) return idempotency({ client, operation, args, call, options })
      const { body, ...query }: Args = { ...args }
      const inPath: Args = {}
      for (const name of path.match(/[^{]+(?=})/g) ?? []) {
        const value = query[name] ?? { project_id: projectId, ...parameters }[name]
        // A missing or empty one would change the path, and `..` would climb out of it: `DELETE …/jobs/..` deletes something else.
        if (value instanceof Object || /^\.{0,2}$/.test(`${value ?? ''}`))
          throw new TypeError(`${operation}: ${name} must be given by call or client`)
        inPath[name] = value
        delete query[name]
      }
      for (const name in call.headers) headerSafe(`${call.headers[name]}`.replaceAll(' ', ''), name)
      const { response } = await http.request(method, path, {
        params: { path: inPath, query },
        headers: { 'X-Project-Id': inPath['project_id'] as string, ...call.headers },
        body,
        bodySerializer: flags?.form,
        parseAs: 'stream',
        call: { operation, mode: flags?.retry, options: call },
      })
      return (response as Answer).parsed
    }
  }
  return client as Methods & RawClient<Paths>
}
