const item = /^(\s*)-\s+(.*)$/
const boldValue = /^\*\*\s*[“"]?([\w.:/-]+?)[:：;,]?[”"]?\s*\*\*/
const plainValue = /^[“"]?([\w./-]+)[”"]?\s*([:：]|$)/

/**
 * Reads the values that a description enumerates in its outermost list. A value is the first word of an item. This word must be bold, or a
 * colon must follow it.
 */
export function readValues(description: string): string[] {
  const items = description.split('\n').flatMap(line => {
    const match = item.exec(line)
    return match ? [{ indent: match[1]?.length ?? 0, text: (match[2] ?? '').trim() }] : []
  })
  const outermost = Math.min(...items.map(({ indent }) => indent))
  const outer = items.filter(({ indent }) => indent === outermost)
  const values = outer.map(({ text }) => boldValue.exec(text)?.[1] ?? plainValue.exec(text)?.[1])
  // A list in which only some items start with a value is prose.
  return values.every(value => value !== undefined)
    ? [...new Set(values.map(value => value.replace(/[:：;,]$/, '')))]
    : []
}
