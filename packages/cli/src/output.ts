import type { Terminal } from './terminal/terminal.ts'

export interface OutputFlags {
  readonly json?: boolean
  readonly yaml?: boolean
}

/** How results are printed: `text` for people, the other formats for programs. */
export type Format = 'text' | 'json' | 'yaml'

export const getFormat = ({ json, yaml }: OutputFlags): Format => (json ? 'json' : yaml ? 'yaml' : 'text')

/** Prints a value for programs: JSON on one line, or a YAML document. */
export async function printValue(value: unknown, format: Exclude<Format, 'text'>, { print }: Terminal): Promise<void> {
  if (format === 'json') return print(`${JSON.stringify(value)}\n`)
  const { stringify } = await import('yaml')
  // The detour through JSON gives dates and absent members the same form in both formats.
  return print(`---\n${stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0 })}`)
}
