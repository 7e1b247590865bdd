import { ArgumentError } from '../errors/argument-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { EncodedBody } from './form-data.ts'
import { type HeaderFields, HeaderMap } from './header-map.ts'
import { isHeaderToken, requireHeaderToken } from './header-token.ts'
import type { BodyFormat } from './json.ts'
import type { ApiRequest } from './messages.ts'

/** What the requests of one operation have in common. */
export interface RequestTemplate {
  readonly operation: string
  readonly method: string
  /** The path, split at its braces. Every second part is the name of a path parameter. */
  readonly path: readonly string[]
  /** Encodes the body as multipart/form-data. */
  readonly encodeForm: ((body: never) => Promise<EncodedBody>) | undefined
  readonly json: BodyFormat | undefined
}

export interface RequestValues {
  readonly baseUrl: string
  readonly args: Args
  /** Path parameters that the call can omit. */
  readonly pathDefaults: Args
  /** Additional headers. */
  readonly headers: { readonly [name: string]: string } | undefined
}

type Args = { readonly [name: string]: unknown }

const noBody = /* @__PURE__ */ new Uint8Array()

/**
 * Builds the request of a call. Path parameters go into the path, `body` becomes the body, and all other arguments become the
 * query. An array becomes one parameter per item; undefined and null values are omitted.
 *
 * @throws ArgumentError if a path parameter is missing or invalid
 * @throws ConfigurationError if an additional header is invalid
 * @throws TypeError or URIError if an argument cannot be encoded. `findInvalidArgument` then returns the name of the argument.
 */
export function buildRequest(template: RequestTemplate, values: RequestValues): ApiRequest | Promise<ApiRequest> {
  const { method, encodeForm, json = JSON } = template
  const { baseUrl, args } = values
  const headers = new HeaderMap()
  const url = baseUrl + buildPath(template, values, headers) + buildQuery(args, template.path)
  const { body } = args
  if (body !== undefined && !encodeForm) headers.set('Content-Type', 'application/json')
  addHeaders(headers, values.headers)
  if (body === undefined) return { method, url, headers, body: noBody }
  if (encodeForm) {
    return encodeForm(body as never).then(({ contentType, bytes }) => {
      headers.set('Content-Type', contentType)
      return { method, url, headers, body: bytes }
    })
  }
  return { method, url, headers, body: new TextEncoder().encode(json.stringify(body)) }
}

function buildPath({ operation, path }: RequestTemplate, { args, pathDefaults }: RequestValues, headers: HeaderMap) {
  return path.reduce((before, part, index) => {
    if (index % 2 === 0) return before + part
    const value = args[part] ?? pathDefaults[part]
    const text = `${value ?? ''}`
    // `..` would change the path: `DELETE .../jobs/..` would delete something else.
    const isInvalid = ['', '.', '..'].includes(text) || value instanceof Object
    if (isInvalid || (part === 'project_id' && !isHeaderToken(text))) {
      const place = part in pathDefaults ? 'call or client' : 'call'
      throw new ArgumentError(operation, part, `path parameter ${part} is missing or invalid. Pass it to the ${place}.`)
    }
    if (part === 'project_id') headers.set('X-Project-Id', text)
    return before + encodeURIComponent(text)
  }, '')
}

function buildQuery(args: Args, path: readonly string[]): string {
  let query = ''
  for (const name of Object.keys(args)) {
    const isPathParameter = path.indexOf(name) % 2 === 1
    if (name === 'body' || isPathParameter) continue
    for (const item of [args[name]].flat()) {
      if (item === undefined || item === null) continue
      query += `${query ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(`${item}`)}`
    }
  }
  return query
}

/**
 * Matches the name of a header that a call may set. The names of headers that the sender sets do not match, because another value would
 * make the request invalid.
 */
const headerName =
  /^(?!(connection|content-length|expect|host|te|trailer|transfer-encoding|upgrade)$)[\w!#$%&'*+.^`|~-]+$/i

/**
 * Adds headers to the headers of a request.
 *
 * @throws ConfigurationError if an additional header is invalid
 */
export function addHeaders(headers: HeaderFields, additional?: { readonly [name: string]: string }): void {
  for (const name of Object.keys(additional ?? {})) {
    const value = `${additional?.[name]}`
    if (!headerName.test(name)) {
      throw new ConfigurationError(`headers.${name}`, `header ${JSON.stringify(name)} cannot be set`)
    }
    requireHeaderToken(value.replaceAll(' ', ''), `headers.${name}`)
    headers.set(name, value)
  }
}
