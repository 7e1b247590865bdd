import { measureWidth, splitGraphemes } from './text-width.ts'

/** The minimum width of wrapped lines, because narrower lines would be hard to read. */
const minColumns = 8

/**
 * Breaks the lines of a text at spaces, so that no line is wider than the terminal. A word that is wider than the terminal gets a line
 * for itself. Lines keep their indentation.
 *
 * @param columns the width; infinite for a pipe
 */
export const wrapText = (text: string, columns: number, options: WrapOptions = {}): string =>
  text
    .split('\n')
    .flatMap(line => wrapLine(line, columns, options))
    .join('\n')

export interface WrapOptions {
  /**
   * If a line is broken, its second and later parts get this number of additional spaces in front of them.
   * @default 0
   */
  readonly hangingIndent?: number
  /**
   * Whether to break a word that is wider than the terminal, if possible after a punctuation mark. If this is false, the terminal itself
   * breaks the word, and the second part of the word begins at the left edge.
   * @default false
   */
  readonly breaksWords?: boolean
}

function wrapLine(line: string, columns: number, { hangingIndent = 0, breaksWords = false }: WrapOptions): string[] {
  if (measureWidth(removeStyles(line)) <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const otherIndent = indent + ' '.repeat(hangingIndent)
  const width = Math.max(minColumns, columns)
  const lines: string[] = []
  let current = indent
  let isEmpty = true
  // All spaces between words are kept, because they can align the columns of a table.
  const words = [...line.slice(indent.length).matchAll(/( *)([^ ]+)/g)].flatMap(([, space = '', word = '']) =>
    breaksWords
      ? breakWord(word, Math.max(minColumns, width - otherIndent.length)).map((part, index) => ({
          space: index === 0 ? space : '',
          word: part,
        }))
      : { space, word },
  )
  for (const { space, word } of words) {
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

/** Breaks a word into parts that fit. Words with styles are not broken, because a style would continue past the end of its line. */
function breakWord(word: string, width: number): string[] {
  if (measureWidth(removeStyles(word)) <= width || removeStyles(word) !== word) return [word]
  const graphemes = splitGraphemes(word)
  const parts: string[] = []
  for (let start = 0; start < graphemes.length; ) {
    let end = start
    for (let used = 0; end < graphemes.length; end++) {
      used += measureWidth(graphemes[end] as string)
      if (used > width) break
    }
    const fitting = end - start
    if (end < graphemes.length) {
      const mark = graphemes.slice(start, end).findLastIndex(grapheme => /[:/,;=&.-]/.test(grapheme))
      // Ignores punctuation marks near the beginning, because a break there would waste most of the line.
      end = start + Math.max(1, mark + 1 > fitting / 4 ? mark + 1 : fitting)
    }
    parts.push(graphemes.slice(start, end).join(''))
    start = end
  }
  return parts
}

/** Removes the sequences that set colors and other styles. */
export const removeStyles = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with a control character
  text.replace(/\u001b\[[\d;]*m/g, '')
