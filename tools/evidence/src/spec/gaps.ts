/**
 * Reads the IDs in a GAPS.md, such as `DLI-016`. Items of numbered lists have IDs, too. In the GAPS.md of the service `dli`, item 16 has
 * the ID `DLI-016`.
 */
export function readGapIds(markdown: string, service: string): Set<string> {
  const prefix = service.toUpperCase()
  const ids = [...markdown.matchAll(/\b[A-Z]+-\d{3}\b/g)].map(match => match[0])
  const numbers = [...markdown.matchAll(/^(\d+)\. /gm)].map(match => `${prefix}-${(match[1] ?? '').padStart(3, '0')}`)
  return new Set([...ids, ...numbers])
}
