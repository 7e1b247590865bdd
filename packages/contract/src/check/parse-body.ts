/** A parsed body, or why it cannot be parsed. */
export type ParsedBody = { readonly value: unknown } | { readonly problem: string }

interface JsonWithSource {
  parse(text: string, revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}

/**
 * Matches integers that a JavaScript number may not represent exactly. For these, messages show the digits that were sent.
 * Validators use the rounded number, because the schemas of such fields have no limits that rounding could cross.
 */
const longDigits = /\d{16}/

/** Parses a body of JSON. */
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
  let exact: string | undefined
  ;(JSON as unknown as JsonWithSource).parse(text, (_, each, { source }) => {
    if (each === value && source !== undefined && /^-?\d+$/.test(source)) exact ??= source
    return each
  })
  return exact
}

/** Parses a form. Returns the fields by name. A repeated field has an array. */
export function parseForm(text: string, contentType: string): ParsedBody {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  const pairs = boundary === undefined ? [...new URLSearchParams(text)] : parseMultipart(text, boundary)
  if (pairs === undefined) return { problem: 'a form without its boundary' }
  const fields: { [name: string]: string | string[] } = {}
  for (const [name, value] of pairs) {
    const existing = fields[name]
    fields[name] = existing === undefined ? value : [existing, value].flat()
  }
  return { value: fields }
}

/** Returns names and values of the parts of a multipart form. */
export function parseMultipart(text: string, boundary: string): [name: string, value: string][] | undefined {
  const parts = text.split(`--${boundary}`)
  if (parts.length < 2) return undefined
  return parts.slice(1, -1).flatMap((part): [string, string][] => {
    const [, head = '', content = ''] = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n$/.exec(part) ?? []
    const name = /name="((?:[^"\\]|\\.)*)"/i.exec(head)?.[1]
    return name === undefined ? [] : [[name, content]]
  })
}
