/**
 * Finds the kinds of jobs that match a name: `dli:batch`, `batch` or a plural such as `batches`. A name without a service can match
 * kinds of several services.
 *
 * @param known all kinds with their services
 */
export function matchKindNames(text: string, known: readonly string[]): string[] {
  const lower = text.toLowerCase()
  for (const name of [lower, lower.replace(/s$/, ''), lower.replace(/es$/, '')]) {
    const found = known.filter(each => each === name || each.split(':')[1] === name)
    if (found.length > 0) return found
  }
  return []
}
