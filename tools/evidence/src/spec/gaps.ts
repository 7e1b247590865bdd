/** Reads the ids in a GAPS.md, such as `DLI-016`. In the GAPS.md of the service `dli`, item 16 of a numbered list has this id too. */
export function readGapIds(markdown: string, service: string): Set<string> {
  const prefix = service.toUpperCase()
  const ids = [...markdown.matchAll(/\b[A-Z]+-\d{3}\b/g)].map(match => match[0])
  const numbers = [...markdown.matchAll(/^(\d+)\. /gm)].map(match => `${prefix}-${(match[1] ?? '').padStart(3, '0')}`)
  return new Set([...ids, ...numbers])
}
