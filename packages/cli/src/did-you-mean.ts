import { closest, distance } from 'fastest-levenshtein'

/** The known name that is most similar to `name`, if it is similar enough for a typing error. */
export function findSimilarName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const normalize = (text: string) => text.toLowerCase().replace(/[^a-z0-9:]/g, '')
  const found = closest(normalize(name), known.map(normalize))
  const maxDistance = Math.max(2, Math.ceil(found.length * 0.4))
  if (distance(normalize(name), found) > maxDistance) return undefined
  return known.find(candidate => normalize(candidate) === found)
}

/** ` Did you mean x?`, or an empty text if no known name is similar. It follows the sentence that names the mistake. */
export function suggestName(name: string, known: readonly string[]): string {
  const found = findSimilarName(name, known)
  return found === undefined ? '' : ` Did you mean ${found}?`
}

/** Like `suggestName`, but lists all known names if none is similar. */
export const suggestOrList = (name: string, known: readonly string[]): string =>
  suggestName(name, known) || ` Expected one of: ${known.join(', ')}.`
