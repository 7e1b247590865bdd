/** Sections of an INI file. Their keys are in lower case. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Parses an INI file: `[section]`, `key = value` or `key: value`, comments after `#` or `;` at the start of a line.
 *
 * @throws Error if a line is invalid. The message contains the number of the line but not its text, because the text may be a secret.
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  const withoutByteOrderMark = text.replace(/^\uFEFF/, '')
  for (const [index, rawLine] of withoutByteOrderMark.split(/\r?\n/).entries()) {
    const line = rawLine.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const [, title] = /^\[([^\]]+)\]$/.exec(line) ?? []
    if (title) {
      section = sections.get(title) ?? new Map()
      sections.set(title, section)
      continue
    }
    const [, key, value] = /^([^=:\s]+)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined || !section) {
      throw new Error(`line ${index + 1} must be \`key = value\` below a [section]`)
    }
    // Some tools write values in quotes.
    section.set(key.toLowerCase(), value.replace(/^(['"])(.*)\1$/, '$2'))
  }
  return sections
}
