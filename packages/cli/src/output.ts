import type { Terminal } from './terminal/terminal.ts'

export interface OutputFlags {
  readonly json?: boolean
  readonly yaml?: boolean
}

/** How results are written: for people, or for programs. */
export type Format = 'text' | 'json' | 'yaml'

export const formatOf = ({ json, yaml }: OutputFlags): Format => (json ? 'json' : yaml ? 'yaml' : 'text')

/** Writes a value for programs: JSON on one line, or a YAML document that ends with `---` so that several can follow. */
export async function emit(value: unknown, format: Exclude<Format, 'text'>, { print }: Terminal): Promise<void> {
  if (format === 'json') return print(`${JSON.stringify(value)}\n`)
  const { stringify } = await import('yaml')
  // Through JSON: what YAML makes of dates and of absent members is its own.
  return print(`---\n${stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0 })}`)
}
