import { reflow } from './reflow.ts'

/** Maximum width of a comment line, including the indentation. */
const width = 120

/**
 * Creates a doc comment from paragraphs. If the comment does not fit on one line, it becomes a block. An empty line separates paragraphs,
 * but not consecutive tags such as `@default`. The result ends with a line break. If all paragraphs are empty, the result is empty.
 */
export function formatDocComment(paragraphs: readonly (string | undefined)[], indent = 0): string {
  const lines: string[] = []
  let previous = ''
  for (const paragraph of paragraphs) {
    const text = paragraph?.trim().replaceAll('*/', '*\\/')
    if (!text) continue
    if (previous && !(text.startsWith('@') && previous.startsWith('@'))) lines.push('')
    lines.push(...(text.startsWith('@example') ? text.split('\n') : reflow(text, width - indent - 3)))
    previous = text
  }
  const pad = ' '.repeat(indent)
  const [first] = lines
  if (first === undefined) return ''
  if (lines.length === 1 && indent + first.length + 7 <= width) return `${pad}/** ${first} */\n`
  return [`${pad}/**`, ...lines.map(line => `${pad} *${line && ` ${line}`}`), `${pad} */`, ''].join('\n')
}
