import { readFile } from 'node:fs/promises'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** A parsed JSON or YAML file. */
export interface InputFile {
  readonly value: unknown
  /** File, line and column of the member at a path, or of its nearest parent that exists: `job.yaml:4:3`. */
  locate(path: readonly (string | number)[]): string
}

/**
 * Reads a JSON or YAML file.
 *
 * @param path `-` for standard input
 * @throws UsageError if the file cannot be read, is empty or is neither JSON nor YAML
 */
export async function readInputFile(path: string, terminal: Terminal): Promise<InputFile> {
  const name = path === '-' ? 'standard input' : path
  const text = path === '-' ? await terminal.read() : await readText(path)
  const { isNode, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const formatPosition = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const [error] = document.errors
  if (error) throw new UsageError(`${formatPosition(error.pos[0])}: Invalid JSON or YAML: ${error.message}`)
  if (document.contents === null) throw new UsageError(`${name} is empty. Expected the request body as JSON or YAML.`)
  return {
    value: document.toJS(),
    locate(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return formatPosition(node.range[0])
      }
      return name
    },
  }
}

const readErrors: { readonly [code: string]: string } = {
  ENOENT: 'The file does not exist.',
  EACCES: 'Permission denied.',
  EISDIR: 'It is a directory.',
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${path}: ${readErrors[code] ?? message}`)
  }
}
