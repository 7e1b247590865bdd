import { controlCharacters, removeControlCharacters as removeCharacters } from '@jobscope/core/internal'

/**
 * Removes control characters from a text of a service or a file. These characters could move the cursor, rename the window or
 * reverse the writing direction. Line breaks and tabs stay.
 */
export const removeControlCharacters = (text: string): string => removeCharacters(text.replace(/\r\n?/g, '\n'))

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
