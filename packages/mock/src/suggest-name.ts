import { findSimilarName } from '@jobscope/specs/similar-name'

/** Returns ` Did you mean "x"?` if a candidate is similar to a misspelled name, otherwise an empty string. */
export function suggestName(name: string, candidates: readonly string[]): string {
  const found = findSimilarName(name, candidates)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}
