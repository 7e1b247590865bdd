import { findSimilarName } from '@jobscope/specs/similar-name'

/**
 * Returns ` Did you mean "x"?` if a known name is similar to a misspelled name, otherwise an empty text. The full type of an event, for
 * example `jobscope.job.ended`, is compared without its prefix.
 */
export function suggestName(name: string, known: readonly string[]): string {
  const found = findSimilarName(name.replace(/^jobscope\.(job\.)?/i, ''), known)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}
