import { parse } from 'node:path'
import type { Block, Page } from './page.ts'
import { isTableStart, readRstTable } from './rst-table.ts'

/** Reads an RST page, the format of Open Telekom Cloud's documents. */
export function readRst(text: string, file: string): Page {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  let labels: string[] = []
  let caption = ''
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? ''
    const trimmed = line.trim()
    const label = /^\.\. _([^:]+):$/.exec(trimmed)?.[1]
    if (label !== undefined) {
      labels.push(label.toLowerCase())
      index++
    } else if (trimmed.startsWith('.. table::')) {
      caption = trimmed.slice('.. table::'.length).replaceAll('*', '').trim()
      index++
    } else if (isTableStart(line)) {
      const { end, header, rows } = readRstTable(lines, index)
      blocks.push({ kind: 'table', table: { labels, caption, header, rows } })
      labels = []
      caption = ''
      index = end
    } else if (trimmed.startsWith('.. code-block::')) {
      const { end, text: code } = readIndented(lines, index)
      blocks.push({ kind: 'code', text: code })
      index = end
    } else if (isHeading(lines, index)) {
      blocks.push({ kind: 'heading', text: trimmed })
      labels = []
      index += 2
    } else {
      if (trimmed) blocks.push({ kind: 'text', text: trimmed })
      index++
    }
  }
  const id = /^:original_name: (.+?)(\.html)?$/m.exec(text)?.[1] ?? parse(file).name
  const title = blocks.find(block => block.kind === 'heading')?.text ?? id
  return { id, title, file, blocks }
}

function isHeading(lines: readonly string[], index: number): boolean {
  const text = lines[index] ?? ''
  const underline = lines[index + 1] ?? ''
  return text.trim() !== '' && !text.startsWith(' ') && /^([-=~^])\1{2,}$/.test(underline)
}

/** Returns the lines that are indented more than the directive at `start`. */
function readIndented(lines: readonly string[], start: number) {
  const depth = indentOf(lines[start] ?? '')
  let end = start + 1
  while (end < lines.length && ((lines[end] ?? '').trim() === '' || indentOf(lines[end] ?? '') > depth)) end++
  return {
    end,
    text: lines
      .slice(start + 1, end)
      .join('\n')
      .trim(),
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
