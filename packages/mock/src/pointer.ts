/** JSON Pointers (RFC 6901), as the specs' extensions use them. */

const tokens = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The value at `pointer`, `undefined` where there is none. */
export function readPointer(value: unknown, pointer: string): unknown {
  let at = value
  for (const token of tokens(pointer)) {
    if (!isObject(at) || !Object.hasOwn(at, token)) return undefined
    at = at[token]
  }
  return at
}

/** The first value that one of `pointers` finds. */
export function readFirstPointer(value: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) {
    const found = readPointer(value, pointer)
    if (found !== undefined) return found
  }
  return undefined
}

/** Puts `content` at `pointer`, making the objects on the way. The root cannot be replaced. */
export function writePointer(value: Record<string, unknown>, pointer: string, content: unknown): void {
  const path = tokens(pointer)
  const last = path.pop()
  if (last === undefined) return
  let at = value
  for (const token of path) {
    const next = at[token]
    if (isObject(next)) at = next
    else {
      const made: Record<string, unknown> = {}
      at[token] = made
      at = made
    }
  }
  at[last] = content
}
