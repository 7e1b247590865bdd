import { readPointer } from '../internal/pointer.ts'

/** Returns the items of a list response: the array at `pointer`, or no items if there is none. */
export const readItems = (body: unknown, pointer: string): readonly unknown[] =>
  (readPointer(body, pointer) ?? []) as readonly unknown[]
