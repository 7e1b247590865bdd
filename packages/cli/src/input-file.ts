import type { Document } from 'yaml'
import { openInput, readText } from './open-input.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** A parsed JSON or YAML file. */
export interface InputFile {
  readonly value: unknown
  /** The position of the member at a path, or of its nearest parent that exists. */
  locate(path: readonly (string | number)[]): Position
}

export interface Position {
  /** File, line and column: `job.yaml:4:3`. */
  readonly text: string
  /** The number of characters of the file before this position. */
  readonly offset: number
}

/**
 * Reads a JSON or YAML file.
 *
 * @param path `-` for standard input
 * @throws UsageError if the file cannot be read, is empty or is neither JSON nor YAML
 */
export async function readInputFile(path: string, terminal: Terminal): Promise<InputFile> {
  const name = path === '-' ? 'standard input' : path
  const text = await readPath(path, terminal)
  const { isDocument, isNode, LineCounter } = await import('yaml')
  const lines = new LineCounter()
  const document = await parseYaml(text, lines)
  const formatPosition = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  if (!isDocument(document)) {
    throw new UsageError(`${formatPosition(document.offset)}: Invalid JSON or YAML: ${document.message}`)
  }
  if (document.contents === null) throw new UsageError(`${name} is empty. Expected the request body as JSON or YAML.`)
  return {
    value: toPlainValue(document, name),
    locate(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return { text: formatPosition(node.range[0]), offset: node.range[0] }
      }
      return { text: name, offset: 0 }
    },
  }
}

/**
 * Converts a document to a value that JSON can represent.
 *
 * @throws UsageError if an alias is unknown or refers to its own parent, if aliases repeat too much content, or if the nesting is
 * too deep
 */
function toPlainValue(document: Document.Parsed, name: string): unknown {
  try {
    const value: unknown = document.toJS()
    // `JSON.stringify` throws an error if the value contains itself.
    JSON.stringify(value)
    return value
  } catch (error) {
    throw new UsageError(`${name}: Invalid YAML: ${describeYamlError(error)}`)
  }
}

/**
 * Error messages of the YAML parser, as patterns, and the messages that replace them. The original messages do not say how to fix the
 * file.
 */
const yamlErrors: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^Excessive alias count/, 'The aliases repeat too much content. Write the content without aliases.'],
  [/call stack size exceeded/, 'The content is nested too deeply.'],
  [/circular structure/, 'An alias refers to a value that contains the alias.'],
]

function describeYamlError(error: unknown): string {
  const { message } = error as Error
  return yamlErrors.find(([pattern]) => pattern.test(message))?.[1] ?? message
}

const readErrors: { readonly [code: string]: string } = {
  ENOENT: 'The file does not exist.',
  EACCES: 'Permission denied.',
  EISDIR: 'It is a directory.',
}

async function readPath(path: string, terminal: Terminal): Promise<string> {
  const { signal } = terminal
  try {
    return path === '-' ? await terminal.read() : await readText(openInput(path, signal))
  } catch (error) {
    signal.throwIfAborted()
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${path === '-' ? 'standard input' : path}: ${readErrors[code] ?? message}`)
  }
}
