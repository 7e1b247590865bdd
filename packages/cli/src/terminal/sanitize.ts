// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const controlCharacters = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g

/**
 * Removes control characters from a text that a service sent. They could move the cursor, rename the window or reverse the
 * writing direction. Line breaks and tabs stay.
 */
export const removeControlCharacters = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(controlCharacters, '')

/** Removes control characters and joins all lines into one. */
export const toOneLine = (text: string): string => removeControlCharacters(text).replace(/\s+/g, ' ').trim()
