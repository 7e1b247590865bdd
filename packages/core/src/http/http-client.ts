import type { Client, MaybeOptionalInit, ParseAsResponse } from 'openapi-fetch'

type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/**
 * openapi-fetch's own client: `GET`, `POST` and the rest, typed by the paths of a service.
 *
 * What its calls resolve to is typed here: its own types take the `string & {}` of an open enum for an object, and list the
 * methods of strings where a state is expected.
 */
export type HttpClient<Paths extends object> = Omit<Client<Paths>, Uppercase<Verb> | 'request'> & {
  readonly [Name in Verb as Uppercase<Name>]: HttpMethod<Paths, Name>
}

type HttpMethod<Paths, Name extends Verb> = <
  Path extends PathWith<Paths, Name>,
  Init extends MaybeOptionalInit<Paths[Path], Name & keyof Paths[Path]>,
>(
  path: Path,
  ...init: undefined extends Init ? [init?: Init] : [init: Init]
) => Promise<HttpResult<Paths[Path][Name & keyof Paths[Path]], Init>>

type PathWith<Paths, Name extends Verb> = {
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

const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'request'] as const

/** The client that `load` brings at the first raw call: most programs make none. */
export function lazyHttp<Paths extends object>(load: () => Promise<Client<object>>): HttpClient<Paths> {
  let loading: Promise<Client<object>> | undefined
  const loaded = () => {
    loading ??= load().catch(error => {
      // A browser may have been offline.
      loading = undefined
      throw error
    })
    return loading
  }
  const http: { [method: string]: unknown } = {
    // Those who wait for the same promise go on in order: a middleware is there before the calls that follow.
    use: (...middleware: Parameters<Client<object>['use']>) => void loaded().then(it => it.use(...middleware)),
    eject: (...middleware: Parameters<Client<object>['eject']>) => void loaded().then(it => it.eject(...middleware)),
  }
  for (const verb of verbs) {
    http[verb] = async (...args: unknown[]) => ((await loaded())[verb] as (...args: unknown[]) => unknown)(...args)
  }
  return http as unknown as HttpClient<Paths>
}
