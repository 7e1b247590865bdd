import { findSimilarName } from '@jobscope/specs/similar-name'

/** Returns ` Did you mean x?`, or an empty text if no known name is similar. The caller appends the result to an error message. */
export function suggestName(name: string, known: readonly string[]): string {
  const found = findSimilarName(name, known)
  return found === undefined ? '' : ` Did you mean ${found}?`
}

/** Like `suggestName`, but lists all known names if none is similar. */
export const suggestOrList = (name: string, known: readonly string[]): string =>
  suggestName(name, known) || ` Expected one of: ${known.join(', ')}.`
