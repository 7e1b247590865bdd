import { readPointer } from '@jobscope/core/internal'

export { readPointer }

/** Returns the first value that exists at one of the JSON Pointers. */
export function readFirstPointer(value: unknown, pointers: readonly string[]): unknown {
  return pointers.map(pointer => readPointer(value, pointer)).find(found => found !== undefined)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Sets the value at a JSON Pointer and creates missing objects on the way. The empty pointer, the root, is ignored. */
export function writePointer(target: Record<string, unknown>, pointer: string, value: unknown): void {
  const names = pointer.split('/').slice(1)
  const lastName = names.pop()
  if (lastName === undefined) return
  let parent = target
  for (const name of names) {
    const next = parent[name]
    if (isObject(next)) parent = next
    else {
      const created: Record<string, unknown> = {}
      parent[name] = created
      parent = created
    }
  }
  parent[lastName] = value
}
