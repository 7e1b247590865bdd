/** Replaces the names of parameters in a path. Operations match even if their parameters have different names. */
export function normalizePath(path: string): string {
  return path
    .replaceAll('\\', '')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/$/, '')
}
