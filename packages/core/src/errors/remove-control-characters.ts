/**
 * C0 and C1 controls except line breaks and tabs, and the characters that set the direction of text. A terminal executes C1 controls such as
 * U+009B like escape sequences.
 */
export const controlCharacters = /(?![\n\t])[\p{Cc}\p{Bidi_C}]/gu

/**
 * Removes the characters that control a terminal or the direction of text. In a text of a service, they could move the cursor, rename the
 * window or reverse the writing direction. Line breaks and tabs stay.
 */
export const removeControlCharacters = (text: string): string => text.replace(controlCharacters, '')
