/** JSON Pointers (RFC 6901). The extensions contain JSON Pointers. A reference contains a JSON Pointer after `#`. */

/** Splits a pointer into names without escapes. */
export function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Escapes a name for a pointer. */
export const formatPointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** A cache of the names in a pointer. Most pointers come from the specs, and the same pointer is read in many values. */
const namesByPointer = new Map<string, readonly string[]>()
const maxPointers = 1000

function getNames(pointer: string): readonly string[] {
  const known = namesByPointer.get(pointer)
  if (known) return known
  const names = parsePointer(pointer)
  if (namesByPointer.size < maxPointers) namesByPointer.set(pointer, names)
  return names
}

/** Returns the value that a pointer points to, or `undefined` if it does not exist. */
export function readPointer(value: unknown, pointer: string): unknown {
  let found = value
  for (const name of getNames(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as { readonly [name: string]: unknown })[name]
  }
  return found
}

/** Tries several pointers in order, and returns the first value that exists. */
export function readFirstPointer(value: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) {
    const found = readPointer(value, pointer)
    if (found !== undefined) return found
  }
  return undefined
}

/** Writes a value at a pointer, and creates the objects on the way. With an empty pointer it changes nothing. */
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
