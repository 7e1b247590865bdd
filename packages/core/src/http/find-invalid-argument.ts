/**
 * Returns the name of the argument that cannot be encoded, because it is a symbol, contains half of a surrogate pair, or is a body with a
 * cycle.
 *
 * This module is loaded on demand, see `runInRealTime`.
 */
export const findInvalidArgument = (args: { readonly [name: string]: unknown }): string =>
  Object.keys(args).find(name => name !== 'body' && !canEncode(name, args[name])) ?? 'body'

function canEncode(name: string, value: unknown): boolean {
  try {
    for (const item of [name, value].flat()) encodeURIComponent(`${item}`)
    return true
  } catch {
    return false
  }
}
