import { loadRawHttpClient } from '#platform'
import { ArgumentError } from '../errors/argument-error.ts'
import { isJobscopeError } from '../errors/jobscope-error.ts'
import { buildRequest } from './build-request.ts'
import type { CallOptions, ClientOptions } from './client-options.ts'
import { resolveEndpoint } from './endpoint.ts'
import { requireHeaderToken } from './header-token.ts'
import { createLazyHttpClient, type HttpClient } from './lazy-http-client.ts'
import type { ResponseHead } from './messages.ts'
import { createSendContext, type Send } from './send-context.ts'
import { sendWithRetries } from './send-with-retries.ts'
import type { Service } from './service.ts'

/** Members of every client in addition to its methods. */
export interface RawClient<Paths extends object> {
  /**
   * The openapi-fetch client: typed HTTP calls by method and path. Signatures, retries and timeouts are the same as for the client's
   * methods, but these calls return `{ data, error, response }` instead of throwing an ApiError. Middleware that is
   * passed to `use` is called for these raw calls only.
   *
   * @example
   * const { data, error, response } = await dli.http.GET('/v2.0/{project_id}/batches/{batch_id}', {
   *   params: { path: { project_id: projectId, batch_id } },
   * })
   */
  readonly http: HttpClient<Paths>
}

type Args = Record<string, unknown>

/** Path parameters that a client fills in, so that its calls can omit them. */
export type PathParameters = { readonly [name: string]: string | undefined }

/** Client options, with additions that only other packages of Jobscope use. */
export interface InternalClientOptions extends ClientOptions {
  /** Called with the status and headers of each method call's response, before the method returns the body. */
  readonly onResponseHead?: ((head: ResponseHead) => void) | undefined
}

/**
 * Creates a client for a service: a method for each operation, and `http`.
 *
 * `Methods` and `Paths` are generated from the same spec as `service`. A generated type test checks that they agree.
 *
 * @param parameters path parameters, in addition to `project_id`, that calls can omit
 * @throws ConfigurationError if an option is missing or invalid
 */
export function createClient<Methods, Paths extends object>(
  service: Service,
  options: ClientOptions,
  parameters?: PathParameters,
): Methods & RawClient<Paths> {
  const { projectId, onResponseHead } = options as InternalClientOptions
  const pathDefaults = { ...parameters, project_id: projectId }
  const baseUrl = resolveEndpoint(service, options).replace(/\/$/, '')
  if (projectId) requireHeaderToken(projectId, 'projectId')
  const context = createSendContext(service, options)
  const send: Send = call => sendWithRetries(call, context)
  const http = createLazyHttpClient<Paths>(async () => {
    const { createRawHttpClient } = await loadRawHttpClient()
    return createRawHttpClient({ baseUrl, projectId, json: service.json ?? JSON, send })
  })

  const client: Record<string, unknown> = { http }
  for (const [operation, [route, flags = {}]] of Object.entries(service.operations)) {
    const [method, path] = route.split(' ') as [string, string]
    const template = { operation, method, path: path.split(/[{}]/), encodeForm: flags.form, json: service.json }
    client[operation] = async (args: Args = {}, { idempotency, ...callOptions }: CallOptions = {}) => {
      if (idempotency) return idempotency({ client, operation, args, callOptions, clientOptions: options })
      const response = await send({
        ...callOptions,
        operation,
        path,
        createRequest() {
          try {
            return buildRequest(template, { baseUrl, args, pathDefaults, headers: callOptions.headers })
          } catch (cause) {
            if (isJobscopeError(cause)) throw cause
            return rejectInvalidArgument(operation, args, cause as Error)
          }
        },
        retryMode: flags.retry,
        flags,
      })
      onResponseHead?.(response)
      if (response.failure) throw response.failure
      return response.body
    }
  }
  return client as Methods & RawClient<Paths>
}

/**
 * Rejects the call because its request could not be built. The error names the invalid argument. If the code that finds this argument
 * cannot be loaded, the error names the body.
 */
async function rejectInvalidArgument(operation: string, args: Args, cause: Error): Promise<never> {
  const module = await import('./find-invalid-argument.ts').catch(() => undefined)
  const parameter = module?.findInvalidArgument(args) ?? 'body'
  throw new ArgumentError(operation, parameter, `${parameter} cannot be sent (${cause.message})`)
}
