import type { IncomingMessage } from 'node:http'
import { invalid, type Refusal } from './refusal.ts'

/** A request as it came, split up; `path` is still encoded. */
export interface Incoming {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  readonly path: string
  readonly query: { readonly [name: string]: string | string[] }
  /** Names in lower case, as node gives them. */
  readonly headers: { readonly [name: string]: string }
  readonly body: Buffer
}

/** Body limit of the services' gateway for signed requests. */
export const BODY_LIMIT = 12 * 1024 * 1024

/** Method, path, query and headers; the body is read by `readBody`. */
export function parseHead(message: IncomingMessage): Omit<Incoming, 'body'> {
  const [path = '/', ...search] = (message.url ?? '/').split('?')
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search.join('?'))) {
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { method: message.method ?? 'GET', url: message.url ?? '/', path, query, headers }
}

/**
 * The whole body, or `undefined` if it is longer than `limit`. The rest of it is read all the same, and dropped: a caller
 * that is cut off while it sends never sees the answer.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
  }
  return length <= limit ? Buffer.concat(chunks) : undefined
}

const MEDIA_TYPE = /^[\w.!#$&^+*-]+\/[\w.!#$&^+*-]+$/

const isMediaType = (value: string): boolean => MEDIA_TYPE.test((value.split(';')[0] ?? '').trim())

const isJson = (contentType: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType.trim())

/** The body as Prism wants it: JSON parsed, anything else as text. Prism would never answer to JSON that does not parse. */
export function parseBody({ headers, body }: Incoming): { body?: unknown } | Refusal {
  if (body.length === 0) return {}
  const contentType = headers['content-type'] ?? 'application/json'
  if (!isMediaType(contentType)) return invalid(`Content-Type "${contentType}" is no media type`, 415)
  const text = body.toString('utf8')
  if (!isJson(contentType)) return { body: text }
  try {
    return { body: JSON.parse(text) }
  } catch (error) {
    return invalid(`The body is not JSON: ${(error as SyntaxError).message}`)
  }
}

/** Without the parts of `Accept` that are no media types, at which Prism would throw. */
export function parseAccept(accept = '*/*'): string | Refusal {
  const types = accept.split(',').filter(isMediaType)
  return types.length > 0 ? types.join(',') : invalid(`Accept "${accept}" holds no media type`, 406)
}
