/** Sections of an INI file, and their keys in lower case. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Reads an INI file: `[section]`, `key = value` or `key: value`, comments after `#` or `;` at the start of a line.
 *
 * @throws Error naming the line that is neither, and never what stands there
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (!line || /^[#;]/.test(line)) continue
    const [, title] = /^\[([^\]]+)\]$/.exec(line) ?? []
    if (title) {
      section = sections.get(title) ?? new Map()
      sections.set(title, section)
      continue
    }
    const [, key, value] = /^([^=:\s]+)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined || !section)
      throw new Error(`line ${index + 1} must be like 'key = value', below a [section]`)
    section.set(key.toLowerCase(), value)
  }
  return sections
}
