import type { Passage } from './passage.ts'

const startsBlock = /^\s*(#{1,6}\s|[-*+]\s|\d+[.)]\s|>|@\w+)/
const fence = /^\s*(```+|~~~+)\s*(\w*)/

/** A fenced block, or the front matter of a page. */
export interface Block {
  /** The language after the fence, or `front-matter` for the front matter of a page. */
  readonly language: string
  /** Line of the source file on which the content of the block begins. */
  readonly line: number
  readonly source: string
}

/** Extracts the paragraphs, headings, list items, table cells and code blocks of a text. */
export function extractMarkdown(
  source: string,
  firstLine = 1,
): { readonly passages: readonly Passage[]; readonly blocks: readonly Block[] } {
  const passages: Passage[] = []
  const blocks: Block[] = []
  let open: { line: number; lines: string[] } | undefined
  const close = () => {
    if (open) passages.push({ line: open.line, text: stripMarkup(open.lines.join('\n')) })
    open = undefined
  }
  let code: { line: number; language: string; closing: string; lines: string[] } | undefined
  const lines = source.split('\n')
  let index = 0
  if (lines[0] === '---') {
    const end = lines.indexOf('---', 1)
    if (end > 0) {
      blocks.push({ language: 'front-matter', line: firstLine + 1, source: lines.slice(1, end).join('\n') })
      index = end + 1
    }
  }
  for (; index < lines.length; index++) {
    const text = lines[index] as string
    const line = firstLine + index
    if (code) {
      if (text.trim().startsWith(code.closing)) {
        blocks.push({ language: code.language, line: code.line, source: code.lines.join('\n') })
        code = undefined
      } else code.lines.push(text)
      continue
    }
    const opened = fence.exec(text)
    if (opened) {
      close()
      code = { line: line + 1, language: opened[2] ?? '', closing: opened[1] ?? '', lines: [] }
    } else if (text.trim() === '' || /^\s*(import|export) .*['"]$/.test(text)) {
      close()
    } else if (/^\s*\|/.test(text)) {
      close()
      for (const cell of text.split(/(?<!\\)\|/))
        if (/\w/.test(cell)) passages.push({ line, text: stripMarkup(cell.trim()) })
    } else {
      if (startsBlock.test(text)) close()
      open ??= { line, lines: [] }
      open.lines.push(text.replace(startsBlock, '').trim())
      if (/^\s*#{1,6}\s/.test(text)) close()
    }
  }
  close()
  return { passages: passages.filter(({ text }) => /\w/.test(text)), blocks }
}

/** Removes emphasis, link targets and tags, which are not words. Line breaks stay, so that line numbers are correct. */
function stripMarkup(text: string): string {
  const newlinesOf = (part: string) => part.replace(/[^\n]/g, '')
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/<[^<>]*>/g, newlinesOf)
            .replace(/!?\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, target: string) => label + newlinesOf(target))
            .replace(/\*+|(?<!\w)_+|_+(?!\w)/g, ''),
    )
    .join('')
}
