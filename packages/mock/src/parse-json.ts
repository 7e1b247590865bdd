/**
 * How deep arrays and objects of a body may be nested. The depth is limited because validators, and functions that copy values, are
 * recursive.
 */
export const MAX_DEPTH = 100

/** How many values a body may have. Prism reports an error for each value that violates a schema. */
export const MAX_VALUES = 20_000

/**
 * How long the name of a property may be, in bytes. Prism repeats all names of the path in each error message, so long names would lead to
 * very long messages.
 */
export const MAX_NAME_LENGTH = 1000

/** A parsed body, or why it cannot be parsed. */
export interface ParsedJson {
  readonly value?: unknown
  readonly problem?: string
}

/** Parses JSON. Rejects JSON that is nested too deep, has too many values or has a very long property name, so that no body blocks the mock. */
export function parseJson(body: Buffer): ParsedJson {
  const problem = findExcess(body)
  if (problem !== undefined) return { problem }
  try {
    return { value: JSON.parse(body.toString('utf8')) }
  } catch (error) {
    return { problem: `The body is not valid JSON: ${(error as SyntaxError).message}` }
  }
}

const [QUOTE, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, BACKSLASH, COLON] = Buffer.from('",[]{}\\:')
const WHITESPACE = new Set(Buffer.from(' \t\r\n'))

/**
 * Checks depth, number of values and property names before the body is parsed. The result for malformed JSON does not matter, because the parser rejects
 * malformed JSON.
 */
function findExcess(body: Buffer): string | undefined {
  let depth = 0
  let values = 1
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]
    if (byte === QUOTE) {
      const start = i
      i = findEndOfString(body, start)
      if (i - start > MAX_NAME_LENGTH + 1 && isBeforeColon(body, i)) {
        return `The body has a property name of more than ${MAX_NAME_LENGTH} bytes. Send a shorter name.`
      }
    } else if (byte === COMMA) values++
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth++
      values++
    }
    if (depth > MAX_DEPTH) return `The body is nested more than ${MAX_DEPTH} levels deep. Send a flatter body.`
    if (values > MAX_VALUES) return `The body has more than ${MAX_VALUES} values. Split it into several requests.`
  }
  return undefined
}

/** Returns the index of the closing quote of the string whose opening quote is at `start`. */
function findEndOfString(body: Buffer, start: number): number {
  let end = body.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(body, end)) end = body.indexOf('"', end + 1)
  return end === -1 ? body.length : end
}

/** Whether the string that ends at the index is the name of a property. */
function isBeforeColon(body: Buffer, end: number): boolean {
  let next = end + 1
  while (next < body.length && WHITESPACE.has(body[next] ?? 0)) next++
  return body[next] === COLON
}

/** Whether there is an odd number of backslashes before the index. */
function isEscaped(body: Buffer, index: number): boolean {
  let start = index
  while (body[start - 1] === BACKSLASH) start--
  return (index - start) % 2 === 1
}
