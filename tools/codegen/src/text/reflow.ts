/** Starts of lines that mean something in Markdown, so that they cannot be joined to the line before. */
const ownLine = /^(\s*([-*]|\d+\.) |\||#|>|```| {4})/
/** Lines that must stay as they are. */
const verbatim = /^(\||```| {4})/

/** Markdown prose at a new width: the line breaks of a paragraph are moved, lists and tables keep theirs. */
export function reflow(text: string, columns: number): string[] {
  const blocks: string[] = []
  let inFence = false
  for (const line of text.split('\n').map(line => line.trimEnd())) {
    const last = blocks.at(-1)
    const joins = !inFence && last && line && !ownLine.test(line) && !verbatim.test(last)
    if (joins) blocks[blocks.length - 1] = `${last} ${line.trimStart()}`
    // Four spaces keep the text of a code block from being taken for prose.
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
    // No line may start with @, or it would become a tag.
    if (current && longer.length > columns && !word.startsWith('@')) {
      lines.push(current)
      current = hang + word
    } else {
      current = longer
    }
  }
  return [...lines, current]
}
