/** A path by which operations are matched: the names of its parameters do not count. */
export function normalizePath(path: string): string {
  return path
    .replaceAll('\\', '')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/$/, '')
}
