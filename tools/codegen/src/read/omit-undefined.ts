import type { JsonObject } from './document.ts'

/** Returns an object without the members whose value is undefined. */
export const omitUndefined = (object: object): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
