import type { Credentials } from '../auth/credentials.ts'
import type { Clock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import { createSend } from './attempts.ts'
import { type EndpointOptions, endpointOf } from './endpoint.ts'
import type { Hooks } from './hooks.ts'
import { type HttpClient, lazyHttp } from './http-client.ts'
import type { Idempotency } from './idempotency.ts'
import { requestOf } from './request.ts'
import type { Service } from './service.ts'

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
  /**
   * Sends the requests: a proxy, an own certificate authority, a test.
   *
   * @default in Node `node:http` and `node:https` with their global agents, unless `globalThis.fetch` is not Node's own; else `globalThis.fetch`
   */
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
   * `{ data, error, response }` instead of throwing an ApiError. Middleware given to `use` sees raw calls alone.
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
  const known = { ...parameters, project_id: projectId }
  const baseUrl = endpointOf(service, options).replace(/\/$/, '')
  const send = createSend(service, options)
  const http = lazyHttp<Paths>(async () => {
    const { createRawHttp } = await import('./raw-http.ts')
    return createRawHttp({ baseUrl, projectId, json: service.json ?? JSON, send })
  })

  const client: Record<string, unknown> = { http }
  for (const [operation, [route, flags]] of Object.entries(service.operations)) {
    const [method, path] = route.split(' ') as [string, string]
    const template = { operation, method, path: path.split(/[{}]/), form: flags?.form, json: service.json }
    client[operation] = async (args: Args = {}, { idempotency, ...call }: CallOptions = {}) => {
      if (idempotency) return idempotency({ client, operation, args, call, options })
      const request = await requestOf(template, baseUrl, args, known, call.headers)
      const { failure, parsed } = await send(request, { operation, mode: flags?.retry, options: call })
      if (failure) throw failure
      return parsed
    }
  }
  return client as Methods & RawClient<Paths>
}
