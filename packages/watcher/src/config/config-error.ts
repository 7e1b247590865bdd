/** A mistake in a configuration file. Line and column are counted from 1. */
export interface ConfigProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The configuration file has mistakes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(file: string, problems: readonly ConfigProblem[]) {
    super(problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'))
    this.problems = problems
  }
}

/** The keys and indexes that lead to a value of a configuration. */
export type Path = readonly (string | number)[]

/** A mistake at a path of a configuration. */
export interface PathProblem {
  readonly path: Path
  readonly message: string
  /** Whether the key is wrong, not its value. */
  readonly isKey?: boolean
}

/** For example `accounts[0].region`. */
export const describePath = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  )

/** The inverse of `describePath`. */
export const parsePath = (text: string): Path =>
  text
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))
