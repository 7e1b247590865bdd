import type { Client, ClientOptions, MaybeOptionalInit, ParseAsResponse } from 'openapi-fetch'
import type { createSend } from './attempts.ts'
import { HeaderMap } from './header-map.ts'

type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/**
 * openapi-fetch's own client: `GET`, `POST` and the rest, typed by the paths of a service. The one place that knows where
 * it comes from; it is loaded by the first raw call, since most programs make none.
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

/** The raw calls of a client. */
export function createRawHttp<Paths extends object>(options: ClientOptions): HttpClient<Paths> {
  let loading: Promise<Client<Paths>> | undefined
  const load = () => (loading ??= import('openapi-fetch').then(({ default: create }) => create<Paths>(options)))
  const http: { [method: string]: unknown } = {
    // Those who wait for the same promise go on in order: a middleware is there before the calls that follow.
    use: (...middleware: Parameters<Client<Paths>['use']>) => void load().then(client => client.use(...middleware)),
    eject: (...middleware: Parameters<Client<Paths>['eject']>) =>
      void load().then(client => client.eject(...middleware)),
  }
  for (const verb of verbs) {
    http[verb] = async (...args: unknown[]) => ((await load())[verb] as (...args: unknown[]) => unknown)(...args)
  }
  return http as unknown as HttpClient<Paths>
}

/** What a raw call sends by: a request goes the way of all others, and its answer is readable again, with the integers as they were sent. */
export async function sendRaw(send: ReturnType<typeof createSend>, request: Request): Promise<Response> {
  const { method, url, signal } = request
  const answer = await send(
    { method, url, headers: new HeaderMap(request.headers), body: new Uint8Array(await request.arrayBuffer()) },
    { operation: `${method} ${url}`, options: { signal } },
  )
  const { status, headers, parsed } = answer
  return new Response(typeof parsed === 'string' ? parsed : JSON.stringify(parsed), { status, headers: [...headers] })
}
