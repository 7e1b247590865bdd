import { readFile } from 'node:fs/promises'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** A JSON or YAML text that was read, and where in it things stand. */
export interface SourceText {
  /** What to call it in messages: the path, or `standard input`. */
  readonly name: string
  readonly value: unknown
  /** `job.yaml:4:3`: where the member at a path is, or would be. */
  place(path: readonly (string | number)[]): string
}

/**
 * Reads a JSON or YAML file; `-` is standard input.
 *
 * @throws UsageError if it cannot be read or is neither
 */
export async function readSource(path: string, terminal: Terminal): Promise<SourceText> {
  const name = path === '-' ? 'standard input' : path
  const text = path === '-' ? await terminal.read() : await readText(path)
  const { isNode, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const [error] = document.errors
  if (error) throw new UsageError(`${at(error.pos[0])}: is neither JSON nor YAML: ${error.message}`)
  if (document.contents === null) throw new UsageError(`${name} is empty: it must hold the body as JSON or YAML`)
  return {
    name,
    value: document.toJS(),
    place(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return at(node.range[0])
      }
      return name
    },
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = {
      ENOENT: 'there is no such file',
      EACCES: 'may not be read: check its permissions',
      EISDIR: 'is a directory, not a file',
    }
    throw new UsageError(`${path}: ${reason[code as keyof typeof reason] ?? code ?? 'cannot be read'}`)
  }
}
