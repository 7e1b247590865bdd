/** JSON Pointers (RFC 6901), as they stand in the extensions and, after `#`, in references. */

/** The names in a pointer, without escapes. */
export function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Escapes a name for a pointer. */
export const formatPointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The value that a pointer leads to, or `undefined` if there is none. */
export function readPointer(value: unknown, pointer: string): unknown {
  let found = value
  for (const name of parsePointer(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as { readonly [name: string]: unknown })[name]
  }
  return found
}

/** The first value that one of several pointers leads to. */
export function readFirstPointer(value: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) {
    const found = readPointer(value, pointer)
    if (found !== undefined) return found
  }
  return undefined
}

/** Puts a value where a pointer leads, and creates the objects on the way. The empty pointer changes nothing. */
export function writePointer(target: { [name: string]: unknown }, pointer: string, value: unknown): void {
  const names = parsePointer(pointer)
  const last = names.pop()
  if (last === undefined) return
  let owner = target
  for (const name of names) {
    const next = owner[name]
    if (typeof next === 'object' && next !== null) owner = next as { [name: string]: unknown }
    else {
      const created: { [name: string]: unknown } = {}
      owner[name] = created
      owner = created
    }
  }
  owner[last] = value
}
