import type { Bundle, Reference } from '../openapi.ts'
import { readPointer } from '../pointer.ts'

/** Follows references from a pointer. Returns the value, and its pointer without any `$ref`. */
export function follow<T>(bundle: Bundle, pointer: string): { readonly value: T; readonly pointer: string } {
  const value = readPointer(bundle, pointer) as T | Reference
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return { value: value as T, pointer }
  return follow(bundle, value.$ref.slice(1))
}
