/**
 * Returns a regular expression that matches exactly the given error codes and ignores case, such as `/^APIGW?\.0307$/i` for `APIG.0307` and
 * `APIGW.0307`. A list of the codes would be twice as long. The length matters, because error codes are the largest part of a service's
 * table.
 */
export function formatCodePattern(codes: readonly string[]): string {
  const byPrefix = new Map<string, string[]>()
  for (const code of new Set(codes)) {
    const dot = code.lastIndexOf('.') + 1
    const prefix = escaped(code.slice(0, dot))
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), escaped(code.slice(dot))])
  }
  const groups = mergeOptional([...byPrefix].map(([prefix, rests]) => [prefix, group(rests)]))
  return `/^${group(groups.map(([prefix, rest]) => prefix + rest))}$/i`
}

/**
 * Returns a regular expression that matches exactly the given texts. If `texts` is undefined, the expression matches every non-empty text.
 */
export function formatTextPattern(texts: readonly string[] | undefined): string {
  return texts ? `/^${group(texts.map(escaped))}$/` : '/./'
}

/** Returns a regular expression for paths that end with one of the given paths, such as `/(^|\/)token\/id$/` for `token/id`. */
export function formatSuffixPattern(paths: readonly string[]): string {
  return `/(^|\\/)${group(paths.map(escaped))}$/`
}

/**
 * Merges two prefixes that have the same codes if one prefix has an additional letter before the dot. `APIG` and `APIGW` become `APIGW?`.
 */
function mergeOptional(groups: readonly (readonly [prefix: string, rest: string])[]): (readonly [string, string])[] {
  const merged: [string, string][] = []
  for (const [prefix, rest] of groups) {
    const shorter = prefix.replace(/\w\\\.$/, '\\.')
    const twin = merged.find(([other, same]) => other === shorter && same === rest)
    if (twin && shorter !== prefix) twin[0] = prefix.replace(/\\\.$/, '?\\.')
    else merged.push([prefix, rest])
  }
  return merged
}

function group(alternatives: readonly string[]): string {
  return alternatives.length === 1 ? (alternatives[0] as string) : `(${alternatives.join('|')})`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
