/** The value at a JSON Pointer (RFC 6901) in `document`, or `undefined`. Inherited properties do not count. */
export function at(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/** The first value at one of `pointers` that is a text or a number, as a text. */
export function firstText(document: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const value = at(document, pointer)
    if (typeof value === 'number' || (typeof value === 'string' && value)) return `${value}`
  }
  return undefined
}
