// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g

/**
 * A text of a service, safe to show: without control characters, which could move the cursor, rename the window or turn the
 * direction of writing. Line ends and tabs stay.
 */
export const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(control, '')

/** The same on one line. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim()
