/** A result is nested so deeply that it cannot be formatted. */
export class DeepValueError extends Error {
  override readonly name = 'DeepValueError'

  constructor() {
    super('Cannot format the result: its values are nested too deeply. Omit the options of the group "Output".')
  }
}

/**
 * Formats a value.
 *
 * @throws DeepValueError if the value is nested too deeply for a recursive function
 */
export function formatNested<T>(format: () => T): T {
  try {
    return format()
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) throw new DeepValueError()
    throw error
  }
}
