/** Replaces the names of parameters in a path, because they do not matter when operations are matched. */
export function normalizePath(path: string): string {
  return path
    .replaceAll('\\', '')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/$/, '')
}
