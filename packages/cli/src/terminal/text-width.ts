import { eastAsianWidth } from 'get-east-asian-width'

const ascii = /^[\x20-\x7e]*$/
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/v

let emoji: RegExp | undefined
/** Made when it is needed: it takes longer to make than all else that the command does before its first call. */
const isEmoji = (grapheme: string): boolean => {
  emoji ??= /^\p{RGI_Emoji}$/v
  return emoji.test(grapheme)
}

let segmenter: Intl.Segmenter | undefined
/** Made when it is needed: most texts are ASCII, and it takes longer to make than a table does. */
const graphemes = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter('en')
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

const widthOfOne = (grapheme: string): number => {
  if (invisible.test(grapheme)) return 0
  // The sign that a character is to be shown as an emoji makes it two columns wide.
  if (isEmoji(grapheme)) return 2
  return eastAsianWidth(grapheme.codePointAt(0) as number)
}

/** How many columns a text without control sequences takes on a terminal. */
export const widthOf = (text: string): number =>
  ascii.test(text) ? text.length : graphemes(text).reduce((sum, grapheme) => sum + widthOfOne(grapheme), 0)

/** The text, cut to so many columns; an ellipsis says that it was cut. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  if (columns <= 0) return ''
  let kept = ''
  let width = 0
  for (const grapheme of graphemes(text)) {
    width += widthOfOne(grapheme)
    if (width > columns - 1) break
    kept += grapheme
  }
  return `${kept}…`
}

/** The text, filled up with blanks to so many columns. */
export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)))
