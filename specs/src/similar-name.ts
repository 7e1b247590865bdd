import { distance } from 'fastest-levenshtein'

/** Removes case and separators before names are compared. Colons are kept, because it separates the parts of a job kind or reference. */
const normalize = (name: string): string => name.toLowerCase().replace(/[^a-z0-9:]/g, '')

/** The maximum length of names to compare. The time of a comparison is proportional to the product of both lengths. */
const MAX_LENGTH = 200

/** Returns the difference of two names: 0 if only case and separators differ, 1 if no character is the same. */
export function compareNames(a: string, b: string): number {
  if (Math.max(a.length, b.length) > MAX_LENGTH) return 1
  const [one, other] = [normalize(a), normalize(b)]
  return distance(one, other) / Math.max(one.length, other.length, 1)
}

/**
 * Finds the candidate that is most similar to a misspelled name. Returns `undefined` if no candidate is similar enough.
 *
 * @example
 * findSimilarName('pagesize', ['pageSize', 'since']) // 'pageSize'
 */
export function findSimilarName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  const text = normalize(name)
  let nearest: { readonly candidate: string; readonly edits: number } | undefined
  for (const candidate of candidates) {
    const edits = distance(text, normalize(candidate))
    if (!nearest || edits < nearest.edits) nearest = { candidate, edits }
  }
  if (!nearest) return undefined
  const { length } = normalize(nearest.candidate)
  // Only two edits turn `obs` into `cs`, but these are different names. So at least one character must stay.
  const maxEdits = Math.min(Math.max(2, Math.ceil(length * 0.4)), length - 1)
  return nearest.edits <= maxEdits ? nearest.candidate : undefined
}
