/** Matches a line that begins with Markdown syntax. Such a line cannot be joined to the previous line. */
const ownLine = /^(\s*([-*]|\d+\.) |\||#|>|```| {4})/
/** Matches a line that stays exactly as it is: it is not wrapped, and no other line is joined to it. */
const verbatim = /^(\||```| {4})/

/** Wraps Markdown prose to a new width. The line breaks of lists, tables and code are kept. */
export function reflow(text: string, columns: number): string[] {
  const blocks: string[] = []
  let inFence = false
  for (const line of text.split('\n').map(line => line.trimEnd())) {
    const last = blocks.at(-1)
    const joins = !inFence && last && line && !ownLine.test(line) && !verbatim.test(last)
    if (joins) blocks[blocks.length - 1] = `${last} ${line.trimStart()}`
    // The text of a code block is indented by four spaces, so that it is not wrapped like prose.
    else blocks.push(inFence && !line.startsWith('```') ? `    ${line}` : line)
    if (line.startsWith('```')) inFence = !inFence
  }
  return blocks.flatMap(block => wrap(block, columns))
}

function wrap(line: string, columns: number): string[] {
  if (line.length <= columns || verbatim.test(line)) return [line]
  const hang = ' '.repeat(line.match(/^\s*([-*]|\d+\.) /)?.[0].length ?? 0)
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) +/)) {
    const longer = current ? `${current} ${word}` : word
    // A line must not start with @, because editors would read it as a tag.
    if (current && longer.length > columns && !word.startsWith('@')) {
      lines.push(current)
      current = hang + word
    } else {
      current = longer
    }
  }
  return [...lines, current]
}
