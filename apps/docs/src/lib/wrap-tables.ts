/**
 * Puts each table of a page into a box that scrolls sideways and can be focused with the keyboard. Otherwise, wide tables would be
 * clipped on phones. Tables that a component has already put into such a box stay as they are.
 */
export function wrapTables(html: string): string {
  const seen = new Map<string, number>()
  let heading = 'Table'
  const parts = /<h[1-6][^>]*>([\s\S]*?)<\/h[1-6]>|(<div class="scroll[^>]*>\s*)?<table[\s\S]*?<\/table>/g
  return html.replaceAll(parts, (part: string, title?: string, box?: string) => {
    if (title !== undefined) heading = title.replaceAll(/<[^>]*>/g, '').trim()
    if (title !== undefined || box !== undefined) return part
    const count = (seen.get(heading) ?? 0) + 1
    seen.set(heading, count)
    const label = `Table: ${heading}${count > 1 ? ` (${count})` : ''}`.replaceAll('"', '&quot;')
    return `<div class="scroll text" tabindex="0" role="region" aria-label="${label}">${part}</div>`
  })
}
