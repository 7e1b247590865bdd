import { isConfigurationError } from '@jobscope/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseAllDocuments, visit } from 'yaml'
import { checkValues } from './check-values.ts'
import schema from './config.schema.json' with { type: 'json' }
import type { Config } from './config.ts'
import { ConfigError, type Path, type PathProblem, parsePath } from './config-error.ts'
import { describeSchemaErrors } from './describe-schema-error.ts'

/** A valid configuration, and the positions of its values in the file. */
export interface ParsedConfig {
  readonly config: Config
  /** Calls a function. If it rejects with ConfigurationErrors, their positions in the file are added. */
  addPositions<T>(run: () => Promise<T>): Promise<T>
}

const validate = new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(schema)

/**
 * Parses a configuration file.
 *
 * @throws ConfigError with all mistakes and their positions
 */
export function parseConfig(text: string, file: string): ParsedConfig {
  const lines = new LineCounter()
  const createError = (problems: readonly { readonly offset: number; readonly message: string }[]): ConfigError => {
    const located = problems.map(({ offset, message }) => {
      const { line, col } = lines.linePos(offset)
      return { line: Math.max(1, line), column: Math.max(1, col), message }
    })
    const isFirst = ({ line, column }: (typeof located)[number], index: number) =>
      located.findIndex(other => other.line === line && other.column === column) === index
    return new ConfigError(
      file,
      located.filter(isFirst).toSorted((a, b) => a.line - b.line || a.column - b.column),
    )
  }
  if (text.includes('\0') || text.includes('\ufffd')) {
    throw createError([{ offset: 0, message: 'The file is not a text file in UTF-8.' }])
  }
  const documents = parseAllDocuments(text, { lineCounter: lines })
  const [document, second] = 'empty' in documents ? [] : documents
  const errors = document?.errors ?? []
  if (errors.length > 0) {
    throw createError(
      errors.map(({ pos, message }) => ({
        offset: pos[0],
        message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '.') ?? message,
      })),
    )
  }
  const isEmpty = !document?.contents || (isScalar(document.contents) && document.contents.value === null)
  if (!document || (isEmpty && !second)) {
    throw createError([{ offset: 0, message: 'The file is empty. Add the key "accounts" and at least one account.' }])
  }
  if (second) {
    const offset = second.contents?.range?.[0] ?? second.range[0]
    throw createError([
      { offset, message: 'The file contains several documents. Remove the line "---" and what follows.' },
    ])
  }
  const alias = findInvalidAlias(document)
  if (alias) throw createError([alias])
  const value = toValue(document)
  if (value === undefined) {
    const message = 'The aliases expand to a configuration that is too large. Use fewer aliases.'
    throw createError([{ offset: findFirstAlias(document), message }])
  }
  const config = value as Config
  const locate = (problems: readonly PathProblem[]) =>
    createError(
      problems.map(({ path, message, isKey = false }) => ({ offset: findOffset(document, path, isKey), message })),
    )
  const problems = validate(config) ? checkValues(config) : describeSchemaErrors(validate.errors ?? [])
  if (problems.length > 0) throw locate(problems)
  return {
    config,
    async addPositions(run) {
      try {
        return await run()
      } catch (error) {
        const errors: unknown[] = error instanceof AggregateError ? error.errors : [error]
        const options = errors.filter(isConfigurationError)
        if (options.length < errors.length) throw error
        throw locate(options.map(({ option, message }) => ({ path: parsePath(option), message })))
      }
    },
  }
}

/** Finds an alias that has no anchor, or that refers to a value which contains this alias. */
function findInvalidAlias(document: Document): { readonly offset: number; readonly message: string } | undefined {
  let invalid: { readonly offset: number; readonly message: string } | undefined
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document)
      if (target && !ancestors.includes(target)) return undefined
      const problem = target ? 'refers to a value that contains this alias' : 'has no anchor'
      invalid = { offset: alias.range?.[0] ?? 0, message: `The alias *${alias.source} ${problem}. Remove the alias.` }
      return visit.BREAK
    },
  })
  return invalid
}

/** Converts a document to a value. Returns undefined if a few aliases would expand to a very large value. */
function toValue(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

function findFirstAlias(document: Document): number {
  let offset = 0
  visit(document, {
    Alias(_, { range }) {
      offset = range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

/** Finds the position of a value or of its key. If the path does not exist, finds the position of the nearest parent. */
function findOffset(document: Document, path: Path, isKey: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    if (isKey && isMap(parent)) {
      const pair = parent.items.find(({ key }) => isNode(key) && key.toString() === path[length - 1])
      const offset = (pair?.key as Node | undefined)?.range?.[0]
      if (offset !== undefined) return offset
    }
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
