/** Returns the number of characters that must be inserted, removed or replaced to turn one text into the other. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Longer names are not compared. */
const maxLength = 100

/**
 * Returns ` Did you mean "x"?` if a known name is similar to a misspelled name, otherwise an empty text. The full type of an event, for
 * example `jobscope.job.ended`, is compared without its prefix.
 */
export function suggestName(name: string, known: readonly string[]): string {
  if (name.length > maxLength) return ''
  const text = name.toLowerCase().replace(/^jobscope\.(job\.)?/, '')
  const [nearest] = known
    .map(candidate => ({ candidate, edits: countEdits(text, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits)
  if (!nearest || nearest.edits > Math.max(1, Math.ceil(nearest.candidate.length * 0.3))) return ''
  return ` Did you mean "${nearest.candidate}"?`
}
