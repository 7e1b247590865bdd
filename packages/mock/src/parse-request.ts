import type { IncomingMessage } from 'node:http'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { getBoundary, parseParts } from './form-data.ts'
import { parseJson } from './parse-json.ts'

/** A request without its body. */
export interface RequestHead {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  /** The path as sent, still percent-encoded. */
  readonly path: string
  readonly query: { readonly [name: string]: string | string[] }
  /** The names are in lower case. */
  readonly headers: { readonly [name: string]: string }
  /** The address of this machine that the client is connected to. */
  readonly localAddress: string | undefined
}

export function parseHead(message: IncomingMessage): RequestHead {
  const [path = '/', ...search] = (message.url ?? '/').split('?')
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search.join('?'))) {
    const before = query[name]
    if (Array.isArray(before)) before.push(value)
    else query[name] = before === undefined ? value : [before, value]
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  const { method = 'GET', url = '/', socket } = message
  return { method, url, path, query, headers, localAddress: socket.localAddress }
}

const MEDIA_TYPE = /^[\w.!#$&^+*-]+\/[\w.!#$&^+*-]+$/

const isMediaType = (value: string): boolean => MEDIA_TYPE.test((value.split(';')[0] ?? '').trim())

const isJson = (contentType: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType.trim())

const isMultipart = (contentType: string): boolean => /^multipart\/form-data\s*(?:;|$)/i.test(contentType.trim())

/**
 * Prepares a body for Prism: JSON is parsed, all other bodies stay text. This function rejects malformed JSON itself, because Prism would
 * never respond to it.
 */
export function parseBody({ headers }: RequestHead, body: Buffer): { body?: unknown } | ErrorResponse {
  if (body.length === 0) return {}
  const contentType = headers['content-type'] ?? 'application/json'
  if (!isMediaType(contentType)) {
    return invalidRequest(
      `Content-Type "${contentType}" is not a media type. Send a media type such as application/json.`,
      415,
    )
  }
  if (isMultipart(contentType)) return simplifyForm(contentType, body.toString('utf8'))
  if (!isJson(contentType)) return { body: body.toString('utf8') }
  const { value, problem } = parseJson(body)
  return problem === undefined ? { body: value } : invalidRequest(problem)
}

/**
 * Rewrites a form so that Prism's parser can read it. That parser throws if a file has no type, if a name has no quotes or if a part has no
 * name. The parser is also slow, because it reads byte by byte. So only the beginning of each file is kept.
 */
function simplifyForm(contentType: string, text: string): { body: string } | ErrorResponse {
  const parts = parseParts(contentType, text)
  if (typeof parts === 'string') return invalidRequest(`Cannot parse the form. ${parts}`)
  const malformed = parts.find(({ name }) => /[;=\r\n]/.test(name))
  if (malformed) return invalidRequest(`Cannot parse the form. ${JSON.stringify(malformed.name)} is not a field name.`)
  const boundary = getBoundary(contentType)
  const fieldLength = parts.reduce((sum, { value, isFile }) => sum + (isFile ? 0 : value.length), 0)
  if (fieldLength > MAX_FIELD_LENGTH) {
    return invalidRequest(`The form has over ${MAX_FIELD_LENGTH} characters in its fields. Send long values as files.`)
  }
  const pieces = parts.map(({ name, value, isFile }) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
    const fileHead = '; filename="file"\r\nContent-Type: application/octet-stream'
    return isFile ? `${head}${fileHead}\r\n\r\n${value.slice(0, KEPT_FILE_LENGTH)}\r\n` : `${head}\r\n\r\n${value}\r\n`
  })
  return { body: `${pieces.join('')}--${boundary}--\r\n` }
}

/** How much of each file is kept, in characters. */
const KEPT_FILE_LENGTH = 1000

/** The maximum total length of the fields of a form, without files. */
const MAX_FIELD_LENGTH = 100_000
