/** A JSON Pointer from the spec. It contains no escaped `~` or `/`. There is no value at an undefined pointer. */
type Pointer = string | undefined

/** Returns the value at a JSON Pointer in `document`, or `undefined`. */
export const readPointer = (document: unknown, pointer: Pointer): unknown =>
  pointer
    ?.split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], document)

/** Returns the first value that one of `pointers` points at, converted to text. Skips objects and empty values. */
export function readFirstText(document: unknown, pointers: readonly Pointer[]): string | undefined {
  for (const pointer of pointers) {
    const value = readPointer(document, pointer)
    const text = typeof value === 'object' ? '' : `${value ?? ''}`
    if (text) return text
  }
  return undefined
}
