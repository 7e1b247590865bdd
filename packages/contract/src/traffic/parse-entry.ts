import { type DecodedMessage, decodeMessage } from './decode-body.ts'
import type { Exchange, RecordedHeaders } from './exchange.ts'

type Member = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Converts one line of NDJSON to an exchange.
 *
 * @throws SyntaxError if the line is not an exchange
 */
export function parseLine(text: string): Exchange {
  const entry: unknown = JSON.parse(text)
  if (!isObject(entry) || !isObject(entry['request']) || !isObject(entry['response'])) {
    throw new SyntaxError('Expected an object with request and response.')
  }
  const { request, response, startedAt } = entry
  checkHead(request, response)
  // Most recordings have headers as an object and bodies as text, so nothing has to be copied.
  if (isUsual(request) && isUsual(response)) return entry as unknown as Exchange
  return {
    startedAt: typeof startedAt === 'string' ? startedAt : undefined,
    request: { ...request, ...readBody(request) } as Exchange['request'],
    response: { ...response, ...readBody(response) } as Exchange['response'],
  }
}

const isUsual = ({ headers, body, bodyEncoding }: Member): boolean =>
  (headers === undefined || isObject(headers)) &&
  bodyEncoding === undefined &&
  (typeof body === 'string' || body === undefined)

function checkHead(request: Member, response: Member): void {
  checkMember('request.method', request['method'], 'string')
  checkMember('request.url', request['url'], 'string')
  checkMember('response.status', response['status'], 'number')
}

function checkMember(name: string, value: unknown, type: 'string' | 'number'): void {
  if (typeof value === type) return
  throw new SyntaxError(value === undefined ? `${name} is missing.` : `${name} is not a ${type}.`)
}

/**
 * Returns a body as text. Some recorders write a JSON body as a value instead of text, or write a binary body as base64 and set
 * `bodyEncoding`.
 */
function readBody({ body, bodyEncoding, headers }: Member): DecodedMessage {
  const recorded = readHeaders(headers)
  if (body === undefined || body === null || body === '') return { headers: recorded, body: undefined }
  if (typeof body !== 'string') return { headers: recorded, body: JSON.stringify(body) }
  return bodyEncoding === 'base64' ? decodeBase64(body, recorded) : { headers: recorded, body }
}

/** Some recorders write the headers as `null`, or as a list like in HAR files. Other values are ignored. */
function readHeaders(headers: unknown): RecordedHeaders | undefined {
  if (Array.isArray(headers)) return readHarHeaders(headers)
  return isObject(headers) ? (headers as RecordedHeaders) : undefined
}

const decodeBase64 = (text: string, headers: RecordedHeaders | undefined): DecodedMessage =>
  decodeMessage(Buffer.from(text, 'base64'), headers)

/**
 * Converts an entry of a HAR file to an exchange. Returns `undefined` for objects without a request, such as pages.
 *
 * @throws SyntaxError if the entry is not an exchange
 */
export function parseHarEntry(text: string): Exchange | undefined {
  const entry: unknown = JSON.parse(text)
  if (!isObject(entry) || !('request' in entry)) return undefined
  const { request, response, startedDateTime } = entry
  if (!isObject(request)) throw new SyntaxError('request is not an object.')
  if (!isObject(response)) {
    const isMissing = response === undefined || response === null
    throw new SyntaxError(isMissing ? 'response is missing.' : 'response is not an object.')
  }
  checkHead(request, response)
  const sent = readHarBody(request['postData'], readHarHeaders(request['headers']))
  const received = readHarBody(response['content'], readHarHeaders(response['headers']))
  return {
    startedAt: typeof startedDateTime === 'string' ? startedDateTime : undefined,
    request: {
      method: request['method'] as string,
      url: request['url'] as string,
      headers: sent.headers,
      body: sent.body,
    },
    response: { status: response['status'] as number, headers: received.headers, body: received.body },
  }
}

function readHarHeaders(list: unknown): RecordedHeaders {
  const headers: { [name: string]: string } = {}
  if (!Array.isArray(list)) return headers
  for (const item of list as readonly unknown[]) {
    if (!isObject(item) || typeof item['name'] !== 'string') continue
    const { name, value } = item
    if (typeof value !== 'object' && value !== undefined) headers[name.toLowerCase()] = String(value)
  }
  return headers
}

function readHarBody(content: unknown, headers: RecordedHeaders): DecodedMessage {
  if (!isObject(content)) return { headers, body: undefined }
  const { text, encoding, params } = content
  if (typeof text === 'string' && text !== '')
    return encoding === 'base64' ? decodeBase64(text, headers) : { headers, body: text }
  // Browsers write a form as a list of parameters.
  if (!Array.isArray(params)) return { headers, body: undefined }
  const pairs = (params as readonly Member[]).map(({ name, value }): [string, string] => [
    String(name),
    String(value ?? ''),
  ])
  return { headers, body: new URLSearchParams(pairs).toString() }
}
