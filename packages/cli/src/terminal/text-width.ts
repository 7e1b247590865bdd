import { eastAsianWidth } from 'get-east-asian-width'

const printableAscii = /^[\x20-\x7e]*$/
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/v

let emoji: RegExp | undefined
/** Compiles the pattern on first use, because this takes longer than all else that the command does before its first request. */
const isEmoji = (grapheme: string): boolean => {
  emoji ??= /^\p{RGI_Emoji}$/v
  return emoji.test(grapheme)
}

let segmenter: Intl.Segmenter | undefined
/** Creates the segmenter on first use. Most texts are ASCII and do not need it, and its creation takes longer than formatting a table. */
export const splitGraphemes = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter('en')
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

const measureGrapheme = (grapheme: string): number => {
  if (invisible.test(grapheme)) return 0
  // A narrow character followed by an emoji variation selector takes two columns.
  if (isEmoji(grapheme)) return 2
  return eastAsianWidth(grapheme.codePointAt(0) as number)
}

/** The number of terminal columns of a text without control sequences. */
export const measureWidth = (text: string): number =>
  printableAscii.test(text)
    ? text.length
    : splitGraphemes(text).reduce((sum, grapheme) => sum + measureGrapheme(grapheme), 0)

/** Truncates a text to a number of terminal columns. A truncated text ends with an ellipsis. */
export function truncate(text: string, columns: number): string {
  if (measureWidth(text) <= columns) return text
  if (columns <= 0) return ''
  let kept = ''
  let width = 0
  for (const grapheme of splitGraphemes(text)) {
    width += measureGrapheme(grapheme)
    if (width > columns - 1) break
    kept += grapheme
  }
  return `${kept}…`
}

/** Fills a text with spaces to a number of terminal columns. */
export const padToWidth = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - measureWidth(text)))
