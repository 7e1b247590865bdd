/** The reason why an exchange with deeply nested JSON cannot be checked. */
export const nestedTooDeeply = 'Its JSON is nested too deeply.'

/** Whether a recursive function failed because a value is nested too deeply. */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/i.test(error.message)
