import { type AttemptPolicy, type Reply, send } from './attempts.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Credentials } from './credentials/credentials.ts'
import { type Duration, milliseconds } from './duration.ts'
import { type EndpointOptions, endpointOf } from './endpoint.ts'
import { ResponseError } from './errors.ts'
import { errorOf } from './failure.ts'
import type { RetryMode, Service } from './service.ts'
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

/**
 * A client for a service: a method for each of its operations, and `http`.
 *
 * `Methods` and `Paths` are what codegen derived from the same spec as `service`; a generated type test keeps them in step.
 *
 * @throws TypeError naming the option that is missing or wrong
 */
export function createClient<Methods, Paths extends object>(
  service: Service,
  options: ClientOptions,
): Methods & RawClient<Paths> {
  const { projectId, credentials, clock = systemClock } = options
  const baseUrl = endpointOf(service, options)
  if (!projectId) throw new TypeError('projectId: must be given; it is the id, not the name, of the project')
  if (!credentials)
    throw new TypeError('credentials: must be given, as in token(value) or aksk({ accessKey, secretKey })')

  const policy = (operation: string, mode: RetryMode, call: CallOptions): AttemptPolicy => {
    const retry = call.retry ?? options.retry ?? 3
    return {
      operation,
      mode,
      errors: service.errors,
      credentials,
      clock,
      fetch: options.fetch ?? fetch,
      timeout: milliseconds(call.timeout ?? options.timeout ?? '60s', 'timeout'),
      attemptTimeout: milliseconds(options.attemptTimeout ?? '30s', 'attemptTimeout'),
      retries: retry || 0,
      signal: call.signal,
    }
  }
  const modeOf = (method: string): RetryMode => (/^(GET|HEAD)$/.test(method) ? 'safe' : 'rejected')

  const { http, request } = createTransport<Paths>(baseUrl, { 'X-Project-Id': projectId }, async raw => {
    const operation = `${raw.method} ${new URL(raw.url).pathname}`
    return (await send(raw, policy(operation, modeOf(raw.method), { signal: raw.signal }))).response
  })

  const call = async (operation: string, args: Args, options: CallOptions) => {
    const [route, flags] = service.operations[operation] as Service['operations'][string]
    const [method, path] = route.split(' ') as [string, string]
    const { body, ...query } = { project_id: projectId, ...args } as Args
    const headers = { 'X-Project-Id': `${query['project_id']}`, ...options.headers }
    const inPath: Args = {}
    for (const [, name] of path.matchAll(/\{(.+?)\}/g) as Iterable<[string, string]>) {
      inPath[name] = pathValue(operation, name, query[name])
      delete query[name]
    }
    let reply: Reply | undefined
    const run = policy(operation, flags?.retry ?? modeOf(method), options)
    await request(method, path, {
      params: { path: inPath, query },
      headers,
      body,
      fetch: async raw => {
        reply = await send(raw, run)
        return reply.response
      },
    })
    return result(operation, reply as unknown as Reply)
  }

  const client: Record<string, unknown> = { http }
  for (const operation of Object.keys(service.operations))
    client[operation] = (args: Args = {}, options: CallOptions = {}) => call(operation, args, options)
  return client as Methods & RawClient<Paths>
}

/** What a reply means to the caller. */
function result(operation: string, { response, body, failure }: Reply): unknown {
  if (failure) throw errorOf(operation, failure, response.headers)
  if (typeof body === 'string') throw new ResponseError(operation, 'the body is no JSON', response.status)
  return body
}

/** A missing or empty value would change the path, and `..` would climb out of it: `DELETE …/jobs/..` deletes something else. */
function pathValue(operation: string, name: string, value: unknown): unknown {
  if (/^(string|number|bigint)$/.test(typeof value) && !/^\.{0,2}$/.test(`${value}`)) return value
  throw new TypeError(`${operation}: ${name} must be a non-empty text or a number, and not '.' or '..'`)
}
