import { escapeControlCharacters, hasControlCharacters } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { formatNested } from './deep-value-error.ts'

/** Formats a value as JSON in which control characters are escaped, so that it can be shown on a terminal. */
export const formatJson = (value: unknown, indent?: number): string =>
  formatNested(() => escapeControlCharacters(JSON.stringify(value, undefined, indent)))

/** Prints a value for programs: JSON on one line, or a YAML document. */
export async function printValue(value: unknown, format: 'json' | 'yaml', { print }: Terminal): Promise<void> {
  if (format === 'json') return print(`${formatJson(value)}\n`)
  const { stringify } = await import('yaml')
  return print(`---\n${formatNested(() => formatYaml(value, stringify))}`)
}

/** Formats a value as YAML in which control characters are escaped. */
function formatYaml(value: unknown, stringify: typeof import('yaml').stringify): string {
  // The value is first converted to JSON, so that YAML contains dates and absent members in the same form as JSON.
  const json = JSON.stringify(value)
  const plainValue: unknown = JSON.parse(json)
  if (!hasControlCharacters(json)) return stringify(plainValue, { lineWidth: 0 })
  // Only double-quoted strings can contain escape sequences.
  const options = { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true } as const
  return escapeControlCharacters(stringify(plainValue, options))
}
