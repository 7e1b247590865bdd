import { measureWidth } from './text-width.ts'

/** The minimum width of wrapped lines, because narrower lines would be hard to read. */
const minColumns = 8

/**
 * Breaks the lines of a text at spaces, so that no line is wider than the terminal. A word that is wider than the terminal gets a line
 * for itself. Lines keep their indentation.
 *
 * @param columns the width; infinite for a pipe
 * @param hangingIndent the number of additional spaces. If a line is broken, they are in front of all its parts except the first
 */
export const wrapText = (text: string, columns: number, hangingIndent = 0): string =>
  text
    .split('\n')
    .flatMap(line => wrapLine(line, columns, hangingIndent))
    .join('\n')

function wrapLine(line: string, columns: number, hangingIndent: number): string[] {
  if (measureWidth(removeStyles(line)) <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const otherIndent = indent + ' '.repeat(hangingIndent)
  const width = Math.max(minColumns, columns)
  const lines: string[] = []
  let current = indent
  let isEmpty = true
  // Spaces between words stay, so that columns stay aligned if a part of a line fits on the terminal.
  for (const [, space = '', word = ''] of line.slice(indent.length).matchAll(/( *)([^ ]+)/g)) {
    const extended = isEmpty ? current + word : `${current}${space}${word}`
    if (isEmpty || measureWidth(removeStyles(extended)) <= width) {
      current = extended
      isEmpty = false
      continue
    }
    lines.push(current)
    current = otherIndent + word
  }
  return [...lines, current]
}

/** Removes the sequences that set colors and other styles. */
export const removeStyles = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with a control character
  text.replace(/\u001b\[[\d;]*m/g, '')
