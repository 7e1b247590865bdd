import type { ApiRequest } from './attempts.ts'
import { headerSafe } from './credentials/credentials.ts'
import { HeaderMap } from './header-map.ts'
import type { BodyFormat } from './json.ts'

/** An operation, as its requests are made. */
export interface RequestTemplate {
  readonly operation: string
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
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
export async function requestOf(
  { operation, method, path, form, json = JSON }: RequestTemplate,
  baseUrl: string,
  { body, ...args }: { [name: string]: unknown },
  known: Args,
  extra: { readonly [name: string]: string } | undefined,
): Promise<ApiRequest> {
  const headers = new HeaderMap()
  const filled = path.replace(/{([\w-]+)}/g, (_, name: string) => {
    const value = args[name] ?? known[name]
    delete args[name]
    // A missing or empty one would change the path, and `..` would climb out of it: `DELETE …/jobs/..` deletes something else.
    if (value instanceof Object || /^\.{0,2}$/.test(`${value ?? ''}`))
      throw new TypeError(`${operation}: ${name} must be given by call or client`)
    if (name === 'project_id') headers.set('X-Project-Id', `${value}`)
    return encodeURIComponent(`${value}`)
  })
  const query = Object.entries(args).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap(item => (item == null ? [] : `${encodeURIComponent(name)}=${encodeURIComponent(`${item}`)}`)),
  )
  const url = baseUrl + filled + (query.length > 0 ? `?${query.join('&')}` : '')

  let bytes = new Uint8Array()
  if (body !== undefined && form) {
    // The platform knows how to write a form, and its boundary; Bun forgets the boundary when the form is read.
    const written = new Response(form(body as never))
    headers.set('Content-Type', `${written.headers.get('content-type')}`)
    bytes = new Uint8Array(await written.arrayBuffer())
  } else if (body !== undefined) {
    headers.set('Content-Type', 'application/json')
    bytes = new TextEncoder().encode(json.stringify(body))
  }
  for (const [name, value] of Object.entries(extra ?? {})) {
    headerSafe(value.replaceAll(' ', ''), name)
    headers.set(name, value)
  }
  return { method, url, headers, body: bytes }
}
