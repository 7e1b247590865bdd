import { formatKey, quote } from './names.ts'

/** Code for a value that has no literal, such as `new Blob([])`. */
export class Code {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A value that can be printed. It is JSON, but can also contain code. */
export type Value = null | boolean | number | string | Code | readonly Value[] | { readonly [name: string]: Value }

interface Layout {
  /** Indentation of the line where the value starts. */
  readonly indent?: number
  /** Number of characters before the value on its first line. */
  readonly before?: number
  /** Number of characters after the value on its last line. */
  readonly after?: number
  /** Comments above properties. The keys are JSON Pointers, such as `/body/name`. */
  readonly notes?: ReadonlyMap<string, string>
}

const width = 120

/**
 * Prints a value as a TypeScript literal. If the literal does not fit on one line, each property is on its own line, with trailing commas.
 */
export function formatLiteral(value: Value, layout: Layout = {}, pointer = ''): string {
  const { indent = 0, before = 0, after = 0, notes } = layout
  const flat = formatInline(value)
  const noted = notes !== undefined && [...notes.keys()].some(at => at.startsWith(`${pointer}/`))
  const fits = indent + before + flat.length + after <= width
  if (!isContainer(value) || (fits && !noted) || flat.length <= 2) return flat

  const pad = ' '.repeat(indent + 2)
  if (isArray(value) && value.every(item => !isContainer(item))) {
    return `[\n${fill(value.map(formatInline), pad)}\n${' '.repeat(indent)}]`
  }
  const line = (prefix: string, item: Value, name: string) => {
    const at = `${pointer}/${name}`
    const note = notes?.get(at)
    const text = formatLiteral(
      item,
      { indent: indent + 2, before: prefix.length, after: 1, ...(notes && { notes }) },
      at,
    )
    return `${note ? `${pad}// ${note}\n` : ''}${pad}${prefix}${text},`
  }
  const lines = isArray(value)
    ? value.map((item, index) => line('', item, String(index)))
    : Object.entries(value).map(([name, item]) => line(`${formatKey(name)}: `, item, name))
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`
}

/** Prints a value as a literal on one line, even if the line is too long. */
export function formatInline(value: Value): string {
  if (value instanceof Code) return value.text
  if (typeof value === 'string') return quote(value)
  if (isArray(value)) return `[${value.map(formatInline).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]) => `${formatKey(name)}: ${formatInline(item)}`)
    return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
  }
  return String(value)
}

/** Prints as many items per line as fit. */
function fill(items: readonly string[], pad: string): string {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + item.length + 2 <= width) lines[lines.length - 1] = `${last} ${item},`
    else lines.push(`${pad}${item},`)
  }
  return lines.join('\n')
}

type Container = readonly Value[] | { readonly [name: string]: Value }

function isContainer(value: Value): value is Container {
  return typeof value === 'object' && value !== null && !(value instanceof Code)
}

function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
