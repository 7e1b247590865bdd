import type { IncomingHttpHeaders } from 'node:http'

/** The mock is there to be tried from any page: every origin may call it and read what a client reads. */

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

/** A preflight is an OPTIONS that says which method will follow. */
export const isPreflight = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** Headers of every response. */
export const corsHeaders = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': RESPONSE_HEADERS }

/** Headers of the answer to a preflight. What the page asks for is allowed too, so that no header list can be too short. */
export function preflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const asked = (headers['access-control-request-headers'] ?? '').split(',').map(name => name.trim())
  const known = new Set(REQUEST_HEADERS.map(name => name.toLowerCase()))
  const more = asked.filter(name => name && !known.has(name.toLowerCase()))
  return {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': [...REQUEST_HEADERS, ...more].join(', '),
    'Access-Control-Max-Age': '600',
  }
}
