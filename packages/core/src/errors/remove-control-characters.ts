const controlCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Removes the characters that control a terminal (C0 and C1 controls) or the direction of text. In a text of a service, they could move the
 * cursor, rename the window or reverse the writing direction. Line breaks and tabs stay.
 */
export const removeControlCharacters = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(controlCharacters, '')
