import { decodeBody } from './decode-body.ts'
import { type Exchange, type RecordedHeaders, readHeader } from './exchange.ts'

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
  // Most recordings have bodies as text, so nothing has to be copied.
  if (hasTextBody(request) && hasTextBody(response)) return entry as unknown as Exchange
  return {
    startedAt: typeof startedAt === 'string' ? startedAt : undefined,
    request: { ...request, body: readBody(request) } as Exchange['request'],
    response: { ...response, body: readBody(response) } as Exchange['response'],
  }
}

const hasTextBody = ({ body, bodyEncoding }: Member): boolean =>
  bodyEncoding === undefined && (typeof body === 'string' || body === undefined)

function checkHead(request: Member, response: Member): void {
  if (typeof request['method'] !== 'string') throw new SyntaxError('request.method is missing.')
  if (typeof request['url'] !== 'string') throw new SyntaxError('request.url is missing.')
  if (typeof response['status'] !== 'number') throw new SyntaxError('response.status is missing.')
}

/**
 * Returns a body as text. Some recorders write a JSON body as a value instead of text, or write a binary body as base64 and set
 * `bodyEncoding`.
 */
function readBody({ body, bodyEncoding, headers }: Member): string | undefined {
  if (body === undefined || body === null || body === '') return undefined
  if (typeof body !== 'string') return JSON.stringify(body)
  if (bodyEncoding !== 'base64') return body
  return decodeBody(Buffer.from(body, 'base64'), readHeader(headers as RecordedHeaders, 'content-encoding'))
}

/**
 * Converts an entry of a HAR file to an exchange. Returns `undefined` for other objects of a HAR file, such as pages.
 */
export function parseHarEntry(text: string): Exchange | undefined {
  const entry: unknown = JSON.parse(text)
  if (!isObject(entry) || !isObject(entry['request']) || !isObject(entry['response'])) return undefined
  const { request, response, startedDateTime } = entry
  checkHead(request, response)
  return {
    startedAt: typeof startedDateTime === 'string' ? startedDateTime : undefined,
    request: {
      method: request['method'] as string,
      url: request['url'] as string,
      headers: readHarHeaders(request['headers']),
      body: readHarBody(request['postData'], request['headers']),
    },
    response: {
      status: response['status'] as number,
      headers: readHarHeaders(response['headers']),
      body: readHarBody(response['content'], response['headers']),
    },
  }
}

function readHarHeaders(list: unknown): RecordedHeaders {
  const headers: { [name: string]: string } = {}
  if (!Array.isArray(list)) return headers
  for (const item of list as readonly unknown[]) {
    if (isObject(item) && typeof item['name'] === 'string') headers[item['name'].toLowerCase()] = String(item['value'])
  }
  return headers
}

function readHarBody(content: unknown, headers: unknown): string | undefined {
  if (!isObject(content)) return undefined
  const { text, encoding, params } = content
  if (typeof text === 'string' && text !== '') {
    if (encoding !== 'base64') return text
    return decodeBody(Buffer.from(text, 'base64'), readHeader(readHarHeaders(headers), 'content-encoding'))
  }
  // Browsers write a form as a list of parameters.
  if (!Array.isArray(params)) return undefined
  const pairs = (params as readonly Member[]).map(({ name, value }): [string, string] => [
    String(name),
    String(value ?? ''),
  ])
  return new URLSearchParams(pairs).toString()
}
