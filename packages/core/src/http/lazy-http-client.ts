import type { Client, MaybeOptionalInit, ParseAsResponse } from 'openapi-fetch'

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

const methods = [
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
  'request',
  'use',
  'eject',
] as const

/** Creates a client that calls `load` on its first raw call. Most programs make no raw calls, so they do not load openapi-fetch. */
export function createLazyHttpClient<Paths extends object>(load: () => Promise<Client<object>>): HttpClient<Paths> {
  let loading: Promise<Client<object>> | undefined
  const getClient = () => {
    loading ??= load().catch(error => {
      // Loading may have failed because a browser was offline. The next call tries to load the client again.
      loading = undefined
      throw error
    })
    return loading
  }
  const http: { [method: string]: unknown } = {}
  for (const method of methods) {
    // Continuations of one promise run in order, so `use` registers middleware before later calls are sent.
    http[method] = async (...args: unknown[]) =>
      ((await getClient())[method] as (...args: unknown[]) => unknown)(...args)
  }
  return http as unknown as HttpClient<Paths>
}
