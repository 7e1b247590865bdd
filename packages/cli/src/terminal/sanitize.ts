/**
 * Characters that control a terminal (C0 and C1 controls except line breaks and tabs) or the direction of text. A terminal
 * executes C1 controls such as U+009B like escape sequences.
 */
const controlCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed or escaped
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Removes control characters from a text of a service or a file. These characters could move the cursor, rename the window or
 * reverse the writing direction. Line breaks and tabs stay.
 */
export const removeControlCharacters = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(controlCharacters, '')

/** Removes control characters and joins all lines into one. */
export const toOneLine = (text: string): string => removeControlCharacters(text).replace(/\s+/g, ' ').trim()

/** Whether a text has characters that `removeControlCharacters` removes. */
export const hasControlCharacters = (text: string): boolean => text.search(controlCharacters) !== -1

/**
 * Replaces control characters by escape sequences such as `\u009b`. JSON and double-quoted YAML strings keep their values, because
 * parsers of both formats convert the sequences to the characters.
 */
export const escapeControlCharacters = (text: string): string =>
  text.replace(controlCharacters, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
