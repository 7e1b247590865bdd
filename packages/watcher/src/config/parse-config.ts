import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml'
import schema from './config.schema.json' with { type: 'json' }
import type { Config } from './config.ts'

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

type Path = readonly (string | number)[]

const validate = new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(schema)

/**
 * Parses a configuration file.
 *
 * @throws ConfigError with all mistakes and their places
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const locate = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      ...locate(pos[0]),
      message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '.') ?? message,
    }))
    throw new ConfigError(file, problems)
  }
  const config = document.toJS() as Config
  const problems: ConfigProblem[] = []
  const report = (path: Path, message: string, isKey = false) => {
    const offset = findOffset(document, path, isKey)
    const problem = { ...locate(offset), message }
    if (!problems.some(({ line, column }) => line === problem.line && column === problem.column)) problems.push(problem)
  }
  if (!validate(config)) for (const error of selectErrors(validate.errors ?? [])) reportError(error, report)
  else checkValues(config, report)
  if (problems.length > 0)
    throw new ConfigError(
      file,
      problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
    )
  return config
}

/** Leaves out errors that only say that one alternative in the schema did not match. */
const selectErrors = (errors: readonly ErrorObject[]): readonly ErrorObject[] =>
  errors.filter(
    ({ keyword, schemaPath, instancePath, params }) =>
      keyword !== 'if' &&
      !(
        // If a value can be a text or a reference, only the error about the reference is reported.
        (keyword === 'type' && params['type'] === 'string' && schemaPath.includes('/oneOf/0/')) ||
        (keyword === 'oneOf' && errors.some(other => other.instancePath.startsWith(`${instancePath}/`)))
      ),
  )

function reportError(error: ErrorObject, report: (path: Path, message: string, isKey?: boolean) => void): void {
  const path = toPath(error.instancePath)
  const { keyword, params } = error
  if (keyword !== 'additionalProperties') report(path, describeError(error, path))
  else report([...path, params['additionalProperty'] as string], describeError(error, path), true)
}

function describeError({ keyword, params, data, parentSchema, message }: ErrorObject, path: Path): string {
  const name = path.at(-1) === undefined ? 'The configuration' : describePath(path)
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {}).join(', ')
      return `Unknown key "${params['additionalProperty']}". Expected one of: ${known}.`
    }
    case 'required':
      return `${name} has no "${params['missingProperty']}". Add it.`
    case 'dependentRequired':
      return `${name} has "${params['property']}" but no "${params['missingProperty']}". Add it.`
    case 'enum':
      return `${name} is ${show(data)}. Expected one of: ${(params['allowedValues'] as string[]).join(', ')}.`
    case 'type':
      return `${name} is ${show(data)}. Expected ${articles[params['type'] as string] ?? params['type']}.`
    case 'pattern':
      return `${name} is ${show(data)}. Expected ${describeSchema(parentSchema)}.`
    default:
      return `${name} is ${show(data)}, which is invalid: it ${message}.`
  }
}

const articles: Readonly<Record<string, string>> = {
  object: 'keys with values, or a reference such as { env: NAME }',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
}

/** Returns the description of a schema in a form that fits into the middle of a sentence. */
const describeSchema = (parent: object | undefined): string => {
  const { description, pattern } = (parent ?? {}) as { readonly description?: string; readonly pattern?: string }
  const text = description?.replace(/\.$/, '')
  return text ? text.charAt(0).toLowerCase() + text.slice(1) : `a text that matches ${pattern}`
}

/** Formats a value for a message. A text can be a secret that a user has written into the file, so only its beginning is shown. */
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'empty'
  return text.length > 30 ? `${text.slice(0, 12)}…` : text
}

/** Checks what the schema cannot express. */
function checkValues(config: Config, report: (path: Path, message: string) => void): void {
  config.accounts.forEach(({ name, region, project }, index) => {
    const isSame = (other: (typeof config.accounts)[number]) =>
      other.name === name && other.region === region && other.project === project
    if (config.accounts.findIndex(isSame) < index) {
      report(
        ['accounts', index, 'name'],
        `Two accounts have the name "${name}" and the same region and project. Remove one of them.`,
      )
    }
  })
  const names = (config.sinks ?? []).map(({ name, type }) => name ?? type)
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) {
      report(['sinks', index], `Two sinks have the name "${name}". Set a different "name" for one of them.`)
    }
  })
  config.sinks?.forEach(({ url }, index) => {
    if (typeof url === 'string' && !URL.canParse(url)) report(['sinks', index, 'url'], `${show(url)} is not a URL.`)
  })
  const ruleNames = (config.rules ?? []).map(({ name, type }) => name ?? type)
  config.rules?.forEach((rule, index) => {
    const name = rule.name ?? rule.type
    if (ruleNames.indexOf(name) < index) {
      report(['rules', index], `Two rules have the name "${name}". Set a different "name" for one of them.`)
    }
    if (rule.type === 'missing' && rule.timeZone !== undefined && !isTimeZone(rule.timeZone)) {
      report(['rules', index, 'timeZone'], `Unknown time zone "${rule.timeZone}". Use a name such as Europe/Berlin.`)
    }
  })
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))

/** For example `accounts[0].region`. */
const describePath = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  )

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
