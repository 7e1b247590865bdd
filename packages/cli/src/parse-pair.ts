import { UsageError } from './usage-error.ts'

/**
 * Splits `name=value` at its first `=`.
 *
 * @param source the argument or option, for the error
 * @throws UsageError if the text has no name or no `=`
 */
export function parsePair(text: string, source: string): [name: string, value: string] {
  const separator = text.indexOf('=')
  if (separator < 1) throw new UsageError(`Invalid ${source} "${text}". Expected name=value.`)
  return [text.slice(0, separator), text.slice(separator + 1)]
}
