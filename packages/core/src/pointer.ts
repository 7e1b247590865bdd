/** The value at a JSON Pointer in `document`, or `undefined`. Pointers come from the spec; none of them holds an escaped `~` or `/`. */
export const at = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], document)

/** The first value at one of `pointers` that is neither empty nor an object, as a text. */
export function firstText(document: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const value = at(document, pointer)
    if (typeof value !== 'object' && `${value ?? ''}`) return `${value}`
  }
  return undefined
}
