/**
 * Returns the name of the argument that cannot be encoded: half of a surrogate pair, a symbol, or a body with a cycle.
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
