/** Width of a line of a comment, with its indent. */
const width = 120

/**
 * A doc comment out of paragraphs: one line where it fits, otherwise a block. Paragraphs are kept apart by an empty
 * line, except tags (`@default`), which follow each other. Ends with a line break; empty when there is nothing to say.
 */
export function docComment(paragraphs: readonly (string | undefined)[], indent = 0): string {
  const lines: string[] = []
  let previous = ''
  for (const paragraph of paragraphs) {
    const text = paragraph?.trim().replaceAll('*/', '*\\/')
    if (!text) continue
    if (previous && !(text.startsWith('@') && previous.startsWith('@'))) lines.push('')
    const verbatim = text.startsWith('@example')
    for (const line of text.split('\n')) lines.push(...(verbatim ? [line] : wrap(line.trimEnd(), width - indent - 3)))
    previous = text
  }
  const pad = ' '.repeat(indent)
  const [first] = lines
  if (first === undefined) return ''
  if (lines.length === 1 && indent + first.length + 7 <= width) return `${pad}/** ${first} */\n`
  return [`${pad}/**`, ...lines.map(line => `${pad} *${line && ` ${line}`}`), `${pad} */`, ''].join('\n')
}

/** Breaks a line of prose at spaces. Tables, code and tags' continuation lines mean their line breaks and stay whole. */
function wrap(line: string, columns: number): string[] {
  if (line.length <= columns || /^(\||```| {4})/.test(line)) return [line]
  const hang = line.match(/^\s*([-*]|\d+\.) /)?.[0].length ?? 0
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) +/)) {
    const longer = current ? `${current} ${word}` : word
    // A line must not start with @: it would become a tag.
    if (current.trim() && longer.length > columns && !word.startsWith('@')) {
      lines.push(current)
      current = ' '.repeat(hang) + word
    } else {
      current = longer
    }
  }
  return [...lines, current]
}
