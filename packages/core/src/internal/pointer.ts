/** A JSON Pointer from the spec: none of them holds an escaped `~` or `/`. At one that is not given there is nothing. */
type Pointer = string | undefined

/** The value at a pointer in `document`, or `undefined`. */
export const readPointer = (document: unknown, pointer: Pointer): unknown =>
  pointer
    ?.split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], document)

/** The first value at one of `pointers` that is neither empty nor an object, as a text. */
export function readFirstText(document: unknown, pointers: readonly Pointer[]): string | undefined {
  for (const pointer of pointers) {
    const value = readPointer(document, pointer)
    if (typeof value !== 'object' && `${value ?? ''}`) return `${value}`
  }
  return undefined
}
