import type { JsonObject } from './document.ts'

/** The members of an object that have a value. */
export const omitUndefined = (object: object): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
