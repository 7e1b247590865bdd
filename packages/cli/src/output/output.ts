import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { formatNested } from './deep-value-error.ts'
import { describeEmptyResult, isEmpty } from './empty-result.ts'
import { jsonPathPrefix, type OutputFormat } from './output-format.ts'
import { formatJson, printValue } from './print-value.ts'

/** The options of the group "Output". `--json` and `--yaml` set `output`. */
export interface OutputFlags {
  readonly output?: OutputFormat
  /** A JMESPath expression. */
  readonly query?: string
}

/** Prints the results of a command in the form that the options select. */
export interface Output {
  /** Whether the results are formatted for people. If so, the command prints the results itself and does not call `write`. */
  readonly isText: boolean
  /** Whether tables show all columns, and references in full. */
  readonly isWide: boolean
  /** Prints a result for programs. */
  write(value: unknown): Promise<void>
  /** If `--query` applies to all results together, prints the result of the query. Call this method after the last result. */
  end(): Promise<void>
}

export interface OutputOptions {
  /**
   * Whether the results are one list. If they are, a query is applied to an array of all results. Otherwise it is applied to each
   * result separately.
   */
  readonly isList?: boolean
}

/**
 * Creates the output of a command.
 *
 * @throws UsageError if a query is not a valid expression, or if the format does not support a query
 */
export async function createOutput(
  flags: OutputFlags,
  terminal: Terminal,
  { isList = false }: OutputOptions = {},
): Promise<Output> {
  const { output } = flags
  const run = await loadQuery(flags, isList)
  const format = output === 'json' || output === 'yaml' ? output : undefined
  const isText = !run && (output === undefined || output === 'wide')
  const written: unknown[] = []
  let hasNoted = false
  const printQueryResult = async (value: unknown) => {
    const result = formatNested(() => run?.(JSON.parse(JSON.stringify(value))))
    const note = formatNested(() => isEmpty(result)) ? describeEmptyResult(flags, value) : undefined
    if (note !== undefined && !hasNoted) terminal.note(`${terminal.paint('yellow', 'jobscope:')} ${note}`)
    hasNoted ||= note !== undefined
    if (format) return printValue(result, format, terminal)
    const lines = [result].flat().map(item => `${formatQueryItem(item)}\n`)
    await terminal.print(lines.join(''))
  }
  return {
    isText,
    isWide: output === 'wide',
    async write(value) {
      if (run && isList) written.push(value)
      else if (run) await printQueryResult(value)
      else if (output === 'name') await terminal.print(`${toOneLine(getName(value))}\n`)
      else await printValue(value, format ?? 'json', terminal)
    },
    async end() {
      if (run && isList) await printQueryResult(written)
    },
  }
}

type Query = (value: unknown) => unknown

/** Compiles the expression, if there is one. Without an expression, no library is loaded. */
async function loadQuery({ output, query }: OutputFlags, isList: boolean): Promise<Query | undefined> {
  if (query !== undefined && (output === 'name' || output?.startsWith(jsonPathPrefix))) {
    throw new UsageError(`--query cannot be combined with -o ${output}. Use it with -o json or -o yaml.`)
  }
  if (query !== undefined) return (await import('./jmespath.ts')).compileJmesPath(query)
  if (output?.startsWith(jsonPathPrefix)) {
    return (await import('./jsonpath.ts')).compileJsonPath(output.slice(jsonPathPrefix.length), isList)
  }
  return undefined
}

/** Texts are printed without quotes, so that other commands can use them. */
const formatQueryItem = (item: unknown): string =>
  typeof item === 'string' ? toOneLine(item) : formatJson(item ?? null)

/** The members that can contain the name of a result. If a result has several of them, the first one is used. */
const nameMembers = ['ref', 'rawState', 'operation', 'kind', 'name', 'source', 'text', 'id'] as const

function getName(value: unknown): string {
  const members = value as { readonly [name: string]: unknown; readonly job?: { readonly ref: string } }
  const name = nameMembers.find(each => typeof members[each] === 'string')
  return members.job?.ref ?? `${name === undefined ? formatJson(value) : members[name]}`
}
