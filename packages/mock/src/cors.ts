import type { IncomingHttpHeaders } from 'node:http'

// A page of any origin may call the services, and may read every response header that a Jobscope client reads. Such a page may not call
// `/_mock`.

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const REQUEST_HEADERS = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Prefer',
  'X-Auth-Token',
  'X-Project-Id',
  'X-Domain-Id',
  'X-Sdk-Date',
  'X-Sdk-Content-Sha256',
  'X-Security-Token',
]
const RESPONSE_HEADERS = [
  'Allow',
  'Date',
  'Deprecation',
  'Preference-Applied',
  'Retry-After',
  'Sunset',
  'X-Request-Id',
].join(', ')

/** Whether a request is a CORS preflight: an OPTIONS request that names the method of the next request. */
export const isPreflight = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** The CORS headers of every response of a service. */
export const corsHeaders = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': RESPONSE_HEADERS }

/** The headers of a response to a preflight. All request headers that the page asks for are allowed. */
export function createPreflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const requested = (headers['access-control-request-headers'] ?? '').match(/[\w!#$%&'*+.^`|~-]+/g) ?? []
  const known = new Set(REQUEST_HEADERS.map(name => name.toLowerCase()))
  const additional = requested.filter(name => name && !known.has(name.toLowerCase()))
  return {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': [...REQUEST_HEADERS, ...additional].join(', '),
    'Access-Control-Max-Age': '600',
  }
}
