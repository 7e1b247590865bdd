/** A unit of prose: a comment, a paragraph, a list item, a table cell or a message. */
export interface Passage {
  /** Line of the source file on which the text begins, counted from 1. */
  readonly line: number
  /** The text of the passage. It has the same line breaks as the source, so that the line of each word can be found. */
  readonly text: string
}

/** Returns the line of the source file for a position in the text of the passage. */
export function lineAt({ line, text }: Passage, offset: number): number {
  return line + text.slice(0, offset).split('\n').length - 1
}

/** Returns true if a text contains at least two words and is not code. */
export function isProse(text: string): boolean {
  const words = text.trim().split(/\s+/)
  const looksLikeCode = /^([./@#{[<]|https?:)|=>|[{};]$/.test(text.trim())
  return !looksLikeCode && words.filter(word => /[a-z]{2}/i.test(word)).length >= 2
}
