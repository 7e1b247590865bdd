import { findSimilarName } from '@jobscope/specs/similar-name'
import { toOneLine } from './terminal/sanitize.ts'

/**
 * Returns ` Did you mean x?`, or an empty text if no known name is similar. The caller appends the result to an error message. Control
 * characters are removed, because known names can come from a service.
 */
export function suggestName(name: string, known: readonly string[]): string {
  const found = findSimilarName(name, known)
  return found === undefined ? '' : ` Did you mean ${toOneLine(found)}?`
}

/** Like `suggestName`, but lists all known names if none is similar. */
export const suggestOrList = (name: string, known: readonly string[]): string =>
  suggestName(name, known) || ` Expected one of: ${known.map(toOneLine).join(', ')}.`
