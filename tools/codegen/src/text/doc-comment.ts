import { reflow } from './reflow.ts'

/** Width of a line of a comment, with its indent. */
const width = 120

/**
 * Creates a doc comment from paragraphs: one line if it fits, otherwise a block. An empty line separates paragraphs, but not
 * consecutive tags such as `@default`. The result ends with a line break, or is empty if all paragraphs are.
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
