import { readFormPairs } from '../traffic/form.ts'

/** A parsed body, or why it cannot be parsed. */
export type ParsedBody = { readonly value: unknown } | { readonly problem: string }

/**
 * Matches integers that a JavaScript number may not represent exactly. For such integers, messages show the digits that were sent.
 * Validators use the rounded number, because rounding does not change whether the integers fit their schemas.
 */
const longDigits = /\d{16}/

/** Parses a JSON body. */
export function parseJson(text: string): ParsedBody {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { problem: 'text that is not JSON' }
  }
}

/** If a value is an integer over 2^53, returns its digits from the text of the body. Otherwise returns `undefined`. */
export function readExactInteger(text: string, value: unknown): string | undefined {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !longDigits.test(text)) return undefined
  // JSON.parse with a reviver would be simpler. But it is recursive, and bodies can be nested deeply.
  for (let start = 0; start < text.length; ) {
    const quote = text.indexOf('"', start)
    const end = quote === -1 ? text.length : quote
    for (const [digits] of text.slice(start, end).matchAll(/-?\b\d{16,}\b(?![.eE+-])/g)) {
      if (Number(digits) === value) return digits
    }
    start = quote === -1 ? end : skipString(text, quote)
  }
  return undefined
}

/** Returns the index after the end of the string that begins at `quote`. */
function skipString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
  return text.length
}

/** Parses a form. Returns the fields by name. The value of a repeated field is an array. */
export function parseForm(text: string, contentType: string): ParsedBody {
  const pairs = readFormPairs(text, contentType)
  if (pairs === undefined) return { problem: 'a form without its boundary' }
  const fields: { [name: string]: string | string[] } = {}
  for (const [name, value] of pairs) {
    const existing = fields[name]
    fields[name] = existing === undefined ? value : [existing, value].flat()
  }
  return { value: fields }
}
