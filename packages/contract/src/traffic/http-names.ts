/** Methods that reveal nothing about the caller. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

export const isStandardMethod = (upperCaseMethod: string): boolean => methods.has(upperCaseMethod)

/** Names of headers of HTTP and of the clients and gateways of the clouds, in lower case. All other names could be secrets. */
const headers = new Set([
  ...[
    'accept',
    'accept-charset',
    'accept-encoding',
    'accept-language',
    'accept-ranges',
    'age',
    'allow',
    'authorization',
  ],
  ...['cache-control', 'connection', 'content-disposition', 'content-encoding', 'content-language', 'content-length'],
  ...[
    'content-location',
    'content-range',
    'content-security-policy',
    'content-type',
    'cookie',
    'date',
    'etag',
    'expect',
  ],
  ...['expires', 'forwarded', 'from', 'host', 'if-match', 'if-modified-since', 'if-none-match', 'if-range'],
  ...[
    'if-unmodified-since',
    'keep-alive',
    'last-modified',
    'link',
    'location',
    'origin',
    'pragma',
    'proxy-authorization',
  ],
  ...[
    'range',
    'referer',
    'referrer-policy',
    'retry-after',
    'sec-fetch-dest',
    'sec-fetch-mode',
    'sec-fetch-site',
    'server',
  ],
  ...['set-cookie', 'strict-transport-security', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'vary'],
  ...['via', 'warning', 'www-authenticate', 'x-content-type-options', 'x-download-options', 'x-forwarded-for'],
  ...[
    'x-frame-options',
    'x-request-id',
    'x-xss-protection',
    'x-auth-token',
    'x-language',
    'x-project-id',
    'x-domain-id',
  ],
  ...['x-sdk-date', 'x-sdk-content-sha256', 'x-security-token', 'x-subject-token'],
])

export const isStandardHeader = (lowerCaseName: string): boolean => headers.has(lowerCaseName)

const mediaTypes = new Set([
  ...['application/json', 'application/problem+json', 'application/xml', 'application/octet-stream', 'application/pdf'],
  ...['application/x-www-form-urlencoded', 'application/zip', 'application/gzip', 'application/javascript'],
  ...['application/x-ndjson', 'application/yaml', 'binary/octet-stream', 'multipart/form-data', 'multipart/mixed'],
  ...['text/html', 'text/plain', 'text/xml', 'text/css', 'text/csv', 'text/javascript', 'text/event-stream'],
  ...['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml', 'image/webp', 'audio/mpeg', 'audio/wav', 'video/mp4'],
  ...['font/woff2'],
])

export const isStandardMediaType = (mediaType: string): boolean => mediaTypes.has(mediaType)

/** Returns the media type of a content type, without parameters, in lower case. */
export function readMediaType(contentType: string): string {
  const end = contentType.indexOf(';')
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase()
}
