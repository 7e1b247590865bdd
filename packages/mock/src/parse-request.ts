import type { IncomingMessage } from 'node:http'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { getBoundary, parseParts } from './form-data.ts'

/** Everything of a request but its body. */
export interface RequestHead {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  /** The path as sent, still percent-encoded. */
  readonly path: string
  readonly query: { readonly [name: string]: string | string[] }
  /** The names are in lower case. */
  readonly headers: { readonly [name: string]: string }
}

export function parseHead(message: IncomingMessage): RequestHead {
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
 * Reads the body. Returns `undefined` if it is longer than `limit` bytes. In that case the rest of the body is still read and
 * discarded, because a client whose connection is closed while it sends never sees the response.
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

const isMultipart = (contentType: string): boolean => /^multipart\/form-data\s*(?:;|$)/i.test(contentType.trim())

/** Prepares a body for Prism: JSON is parsed, everything else stays text. Prism never responds to malformed JSON. */
export function parseBody({ headers }: RequestHead, body: Buffer): { body?: unknown } | ErrorResponse {
  if (body.length === 0) return {}
  const contentType = headers['content-type'] ?? 'application/json'
  if (!isMediaType(contentType)) {
    return invalidRequest(
      `Content-Type "${contentType}" is not a media type. Send a media type such as application/json.`,
      415,
    )
  }
  const text = body.toString('utf8')
  if (isMultipart(contentType)) return simplifyForm(contentType, text)
  if (!isJson(contentType)) return { body: text }
  try {
    return { body: JSON.parse(text) }
  } catch (error) {
    return invalidRequest(`The body is not valid JSON: ${(error as SyntaxError).message}`)
  }
}

/**
 * Rewrites a form so that Prism's parser can read it. That parser throws if a file has no type, if a name has no quotes or if
 * a part has no name. It also reads byte by byte, so only the beginning of each file is kept: nothing reads more of it.
 */
function simplifyForm(contentType: string, text: string): { body: string } | ErrorResponse {
  const parts = parseParts(contentType, text)
  if (typeof parts === 'string') return invalidRequest(`Cannot parse the form. ${parts}`)
  const malformed = parts.find(({ name }) => /[;=\r\n]/.test(name))
  if (malformed) return invalidRequest(`Cannot parse the form. ${JSON.stringify(malformed.name)} is not a field name.`)
  const boundary = getBoundary(contentType)
  const pieces = parts.map(({ name, value, isFile }) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
    const fileHead = '; filename="file"\r\nContent-Type: application/octet-stream'
    return isFile ? `${head}${fileHead}\r\n\r\n${value.slice(0, KEPT_FILE_LENGTH)}\r\n` : `${head}\r\n\r\n${value}\r\n`
  })
  return { body: `${pieces.join('')}--${boundary}--\r\n` }
}

/** In characters. */
const KEPT_FILE_LENGTH = 1000

/** The header `Accept` without values that are not media types, because Prism would throw at them. */
export function parseAccept(accept = '*/*'): string | ErrorResponse {
  const types = accept.split(',').filter(isMediaType)
  if (types.length > 0) return types.join(',')
  return invalidRequest(`Accept "${accept}" contains no media type. Send a media type such as application/json.`, 406)
}
