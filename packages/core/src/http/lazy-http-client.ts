import type { Client, MaybeOptionalInit, Middleware, ParseAsResponse } from 'openapi-fetch'
import { ConfigurationError } from '../errors/configuration-error.ts'

type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/**
 * The openapi-fetch client: `GET`, `POST` and the other methods, typed by the paths of a service.
 *
 * The results of calls have our own types, because the types of openapi-fetch treat the `string & {}` of an open enum as an object. With
 * those types, a state would be an object with the methods of a string.
 */
export type HttpClient<Paths extends object> = Omit<Client<Paths>, Uppercase<Method> | 'request'> & {
  readonly [Name in Method as Uppercase<Name>]: HttpMethod<Paths, Name>
}

type HttpMethod<Paths, Name extends Method> = <
  Path extends PathWith<Paths, Name>,
  Init extends MaybeOptionalInit<Paths[Path], Name & keyof Paths[Path]>,
>(
  path: Path,
  ...init: undefined extends Init ? [init?: Init] : [init: Init]
) => Promise<HttpResult<Paths[Path][Name & keyof Paths[Path]], Init>>

type PathWith<Paths, Name extends Method> = {
  [Path in keyof Paths]: Paths[Path] extends { [Key in Name]: object } ? Path : never
}[keyof Paths]

type HttpResult<Operation, Init> = Operation extends { responses: infer Responses }
  ?
      | { data: ParseAsResponse<Content<Responses, Success>, Init>; error?: never; response: Response }
      | { data?: never; error: Content<Responses, Exclude<keyof Responses, Success>>; response: Response }
  : never

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | '2XX'

type Content<Responses, Status> = {
  [Key in Extract<keyof Responses, Status>]: Responses[Key] extends { content: infer Media }
    ? Media[keyof Media]
    : undefined
}[Extract<keyof Responses, Status>]

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'request'] as const

/**
 * Creates a client that calls `load` on its first raw call. Most programs make no raw calls, so they do not load openapi-fetch. Middleware
 * applies to the calls that are made while it is registered, even if loading fails in the meantime.
 */
export function createLazyHttpClient<Paths extends object>(load: () => Promise<Client<object>>): HttpClient<Paths> {
  let loading: Promise<Client<object>> | undefined
  let middleware: readonly Middleware[] = []
  /** The middleware of the loaded client. */
  let appliedMiddleware = middleware

  const getClient = () => {
    loading ??= load().catch(error => {
      // Loading may have failed because a browser was offline. The next call tries to load the client again.
      loading = undefined
      throw error
    })
    return loading
  }

  const http: { [method: string]: unknown } = {
    use(...added: Middleware[]) {
      if (!added.every(isMiddleware)) {
        throw new ConfigurationError('middleware', 'middleware must be an object with onRequest, onResponse or onError')
      }
      middleware = [...middleware, ...added]
    },
    eject(...removed: Middleware[]) {
      middleware = middleware.filter(item => !removed.includes(item))
    },
  }
  for (const method of methods) {
    http[method] = async (...args: unknown[]) => {
      const callMiddleware = middleware
      const client = await getClient()
      client.eject(...appliedMiddleware)
      client.use(...callMiddleware)
      appliedMiddleware = callMiddleware
      return (client[method] as (...args: unknown[]) => unknown)(...args)
    }
  }
  return http as unknown as HttpClient<Paths>
}

/** Returns whether openapi-fetch accepts a value as middleware. It ignores a missing value. */
const isMiddleware = (value: Middleware | undefined): unknown =>
  !value || value.onRequest || value.onResponse || value.onError
