import type { IncomingMessage } from 'node:http'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { boundaryOf, parseParts } from './form-data.ts'

/** A request as it came, split up; `path` is still encoded. */
export interface IncomingRequest {
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
export const DEFAULT_BODY_LIMIT = 12 * 1024 * 1024

/** Method, path, query and headers; the body is read by `readBody`. */
export function parseHead(message: IncomingMessage): Omit<IncomingRequest, 'body'> {
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
export function parseBody({ headers, body }: IncomingRequest): { body?: unknown } | ErrorResponse {
  if (body.length === 0) return {}
  const contentType = headers['content-type'] ?? 'application/json'
  if (!isMediaType(contentType)) return invalidRequest(`Content-Type "${contentType}" is no media type`, 415)
  const text = body.toString('utf8')
  if (isMultipart(contentType)) return readableForm(contentType, text)
  if (!isJson(contentType)) return { body: text }
  try {
    return { body: JSON.parse(text) }
  } catch (error) {
    return invalidRequest(`The body is not JSON: ${(error as SyntaxError).message}`)
  }
}

const isMultipart = (contentType: string): boolean => /^multipart\/form-data\s*(?:;|$)/i.test(contentType.trim())

/**
 * The form as Prism's parser takes it, which throws at a file without a type, at a name without quotes and at a part without
 * a name, and reads byte by byte: of a file only the beginning goes on, which is as much as anybody looks at.
 */
function readableForm(contentType: string, text: string): { body: string } | ErrorResponse {
  const parts = parseParts(contentType, text)
  if (typeof parts === 'string') return invalidRequest(`The form cannot be read: ${parts}`)
  const strange = parts.find(({ name }) => /[;=\r\n]/.test(name))
  if (strange) return invalidRequest(`The form cannot be read: no field is called ${JSON.stringify(strange.name)}`)
  const boundary = boundaryOf(contentType)
  const pieces = parts.map(({ name, value, isFile }) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
    const file = '; filename="file"\r\nContent-Type: application/octet-stream'
    return isFile ? `${head}${file}\r\n\r\n${value.slice(0, FILE_LENGTH)}\r\n` : `${head}\r\n\r\n${value}\r\n`
  })
  return { body: `${pieces.join('')}--${boundary}--\r\n` }
}

/** Characters of a file that are looked at. */
const FILE_LENGTH = 1000

/** Without the parts of `Accept` that are no media types, at which Prism would throw. */
export function parseAccept(accept = '*/*'): string | ErrorResponse {
  const types = accept.split(',').filter(isMediaType)
  return types.length > 0 ? types.join(',') : invalidRequest(`Accept "${accept}" holds no media type`, 406)
}
