import createOpenApiFetch, { type Client, type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch'
import type { Call } from './attempts.ts'

type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/**
 * openapi-fetch's own client: `GET`, `POST` and the rest, typed by the paths of a service. The one place that knows where
 * it comes from.
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

export interface TransportOptions {
  baseUrl: string
  headers: Record<string, string | undefined>
  bodySerializer: ((body: unknown) => string | FormData) | undefined
  /** Does the sending. */
  fetch: (request: Request & { readonly call?: Call }) => Promise<Response>
}

/** A request by method and path template; resolves to what `fetch` answered. */
export type SendRequest = (method: string, path: string, init: RequestParts) => Promise<{ response: Response }>

export interface RequestParts {
  params: { path: Record<string, unknown>; query: Record<string, unknown> }
  headers: Record<string, string | undefined>
  body: unknown
  bodySerializer: ((body: never) => FormData) | undefined
  /** Found again on the request: openapi-fetch leaves there what it does not know. */
  call: Call
  /** The body has been read already, by `fetch`. */
  parseAs: 'stream'
}

/** The transport of a service: builds URLs, serializes parameters and bodies. `request` is untyped; the operation table says what it means. */
export const createTransport = createOpenApiFetch as unknown as <Paths extends object>(
  options: TransportOptions,
) => HttpClient<Paths> & { request: SendRequest }
