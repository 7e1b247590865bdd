import { SpecError } from '../spec-error.ts'
import type { Json, JsonObject } from './document.ts'

/** An extension's object, all of whose members codegen knows: a misspelled or new one is an error, not a silent loss. */
export function checkedObject(value: Json | undefined, where: string, known: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new SpecError(where, 'an object is expected', `Write a map with ${known.join(', ')}`)
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw new SpecError(
        where,
        `'${name}' is unknown`,
        `Known are ${known.join(', ')}; a new one needs support in tools/codegen`,
      )
    }
  }
  return value
}

/** Refuses extensions that codegen has never heard of: a misspelled one would be lost. */
export function checkExtensions(object: object, where: string, known: readonly string[]): void {
  const unknown = Object.keys(object).find(name => name.startsWith('x-') && !known.includes(name))
  if (unknown)
    throw new SpecError(
      where,
      `'${unknown}' is unknown`,
      `Known are ${known.join(', ')}; a new one needs support in tools/codegen`,
    )
}

export function requiredText(object: JsonObject, name: string, where: string): string {
  const value = object[name]
  if (typeof value !== 'string') throw new SpecError(where, `'${name}' must be a text`, 'Add it')
  return value
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The members of `object` that are there, in the order of `names`. */
export function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap(name => (object[name] === undefined ? [] : [[name, object[name]]])))
}
