import { closest, distance } from 'fastest-levenshtein'

/** The known name that `name` is a slip of, if one is alike enough. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9:]/g, '')
  const found = closest(plain(name), known.map(plain))
  const near = distance(plain(name), found) <= Math.max(2, Math.ceil(found.length * 0.4))
  return near ? known.find(candidate => plain(candidate) === found) : undefined
}

/** `, did you mean x?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const found = nearest(name, known)
  return found === undefined ? '' : `, did you mean ${found}?`
}
