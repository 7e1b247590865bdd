import { headerSafe } from '../auth/credentials.ts'
import type { ApiRequest } from './attempts.ts'
import { HeaderMap } from './header-map.ts'
import type { BodyFormat } from './json.ts'

/** An operation, as its requests are made. */
export interface RequestTemplate {
  readonly operation: string
  readonly method: string
  /** The path, cut at its braces: every other part is the name of a parameter. */
  readonly path: readonly string[]
  readonly form: ((body: never) => FormData) | undefined
  readonly json: BodyFormat | undefined
}

type Args = { readonly [name: string]: unknown }

/**
 * The request of a call. What the path names goes into the path, from `args` or else from `known`; `body` is the body, and all
 * else is the query: an array as its items, what is undefined or null not at all.
 *
 * @throws TypeError naming the path parameter or the header that is missing or wrong
 */
export function requestOf(
  { operation, method, path, form, json = JSON }: RequestTemplate,
  baseUrl: string,
  args: Args,
  known: Args,
  extra: { readonly [name: string]: string } = {},
): ApiRequest | Promise<ApiRequest> {
  const headers = new HeaderMap()
  let url = baseUrl
  for (const [index, part] of path.entries()) {
    if (index % 2 === 0) {
      url += part
      continue
    }
    const value = args[part] ?? known[part]
    // A missing or empty one would change the path, and `..` would climb out of it: `DELETE …/jobs/..` deletes something else.
    if (value instanceof Object || /^\.{0,2}$/.test(`${value ?? ''}`))
      throw new TypeError(`${operation}: ${part} must be given by call or client`)
    if (part === 'project_id') headers.set('X-Project-Id', `${value}`)
    url += encodeURIComponent(`${value}`)
  }

  let separator = '?'
  for (const name of Object.keys(args)) {
    if (name === 'body' || path.indexOf(name) % 2 === 1) continue
    for (const item of [args[name]].flat()) {
      if (item === undefined || item === null) continue
      url += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(`${item}`)}`
      separator = '&'
    }
  }

  const { body } = args
  if (body !== undefined && !form) headers.set('Content-Type', 'application/json')
  for (const name of Object.keys(extra)) {
    const value = `${extra[name]}`
    headerSafe(value.replaceAll(' ', ''), name)
    headers.set(name, value)
  }
  if (body === undefined) return { method, url, headers, body: new Uint8Array() }
  if (form) return withForm({ method, url, headers }, form(body as never))
  return { method, url, headers, body: new TextEncoder().encode(json.stringify(body)) }
}

/** The platform knows how to write a form, and its boundary; Bun forgets the boundary when the form is read. */
async function withForm(request: Omit<ApiRequest, 'body'>, form: FormData): Promise<ApiRequest> {
  const written = new Response(form)
  request.headers.set('Content-Type', `${written.headers.get('content-type')}`)
  return { ...request, body: new Uint8Array(await written.arrayBuffer()) }
}
