import type { SenderRequest } from './sender.ts'

/** Returns a list in which each header name is followed by its value, with defaults for `Accept-Encoding` and `User-Agent`. */
export function listHeaders(headers: SenderRequest['headers']): string[] {
  const list: string[] = []
  let hasEncoding = false
  let hasUserAgent = false
  for (const [name, value] of headers) {
    hasEncoding ||= name === 'accept-encoding'
    hasUserAgent ||= name === 'user-agent'
    list.push(name, value)
  }
  if (!hasEncoding) list.push('Accept-Encoding', 'gzip')
  if (!hasUserAgent) list.push('User-Agent', 'jobscope')
  return list
}
