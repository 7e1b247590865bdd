import { parse } from 'node:path'
import { readHtmlTable, unescapeText } from './html-table.ts'
import type { Block, Page } from './page.ts'

/** Reads a Markdown page with HTML tables, the format of Huawei Cloud's document repositories. */
export function readMarkdown(text: string, file: string): Page {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  let labels: string[] = []
  let caption = ''
  for (let index = 0; index < lines.length; ) {
    const trimmed = (lines[index] ?? '').trim()
    // On some pages, the `#` of the heading "URI" is missing.
    const heading = trimmed === 'URI' ? trimmed : /^#+ (.*)$/.exec(trimmed)?.[1]
    const label = /^<a name="([^"]+)"><\/a>$/.exec(trimmed)?.[1]
    if (trimmed.startsWith('```')) {
      const end = findLine(lines, index + 1, line => line.trim().startsWith('```'))
      blocks.push({
        kind: 'code',
        text: lines
          .slice(index + 1, end)
          .join('\n')
          .trim(),
      })
      index = end + 1
    } else if (trimmed.startsWith('<table>')) {
      const end = findLine(lines, index, line => line.includes('</table>'))
      const table = readHtmlTable(lines.slice(index, end + 1).join('\n'))
      blocks.push({ kind: 'table', table: { labels, caption, ...table } })
      labels = []
      caption = ''
      index = end + 1
    } else if (heading !== undefined) {
      blocks.push({ kind: 'heading', text: withoutTags(heading) })
      labels = []
      index++
    } else if (label !== undefined) {
      labels.push(label.toLowerCase())
      index++
    } else {
      if (/^\*\*(表|Table)/.test(trimmed)) caption = withoutTags(trimmed).replaceAll('*', '').trim()
      else if (trimmed) blocks.push({ kind: 'text', text: withoutTags(trimmed) })
      index++
    }
  }
  const id = /^# .*<a name="([^"]+)"><\/a>/m.exec(text)?.[1] ?? parse(file).name
  const title = blocks.find(block => block.kind === 'heading')?.text ?? id
  return { id, title, file, blocks }
}

function withoutTags(text: string): string {
  return unescapeText(text.replace(/<[^>]+>/g, '')).trim()
}

function findLine(lines: readonly string[], start: number, isEnd: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= start && isEnd(line))
  return end < 0 ? lines.length : end
}
