/**
 * The format of a file. `array` is a JSON array, `multi-line` is JSON that spans several lines, and `utf-16` is a text in the encoding
 * UTF-16. Traffic cannot be read from these three formats.
 */
export type Format = 'har' | 'ndjson' | 'array' | 'multi-line' | 'utf-16'

/** The number of bytes that are enough to detect the format. */
export const maxHeadLength = 1000

/** Detects the format of a file by its first bytes. Returns `undefined` if the bytes are not enough. */
export function detectFormat(head: Buffer): Format | undefined {
  if (head.length < 2) return undefined
  if (isUtf16(head)) return 'utf-16'
  const text = head.toString('utf8', 0, maxHeadLength).replace(/^\uFEFF/, '')
  if (/^\s*\[\s*\{/.test(text)) return 'array'
  if (/^\s*\[?\s*$/.test(text)) return undefined
  if (!/^\s*\{/.test(text)) return 'ndjson'
  return detectObject(text)
}

/** A HAR file is one object with the member `log`. An exchange has the members `request` and `response`. */
function detectObject(text: string): Format | undefined {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && token.endsWith(':')) {
      const [, name] = /^"(.*)"\s*:$/s.exec(token) ?? []
      if (name === 'log') return 'har'
      if (name === 'request' || name === 'response') {
        return text.slice(0, index).trimStart().includes('\n') ? 'multi-line' : 'ndjson'
      }
    }
    if (depth === 0) return 'ndjson'
  }
  return undefined
}

/** JSON begins with an ASCII character. In UTF-16, one of its two bytes is 0. */
const isUtf16 = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0)
