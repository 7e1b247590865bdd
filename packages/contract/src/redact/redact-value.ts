import { isEnumValue, maxKeptLength } from '../check/kept-texts.ts'
import type { Shape } from '../schema/shape.ts'
import type { Pseudonymize } from './pseudonym.ts'

export interface RedactValueOptions {
  readonly pseudonymize: Pseudonymize
  /** Names of fields whose names and values are kept, in lower case. */
  readonly keep: ReadonlySet<string>
  /** Whether the spec of the service documents this name. All other names become pseudonyms. */
  readonly isName: (name: string) => boolean
  /** Replaces a name that is neither documented nor in `keep`. */
  readonly redactName: (name: string) => string
  /** Whether the value is part of a response. In responses, undocumented job states and values of an enum are kept. */
  readonly isResponse: boolean
}

/** Functions of `JSON` that keep all digits of an integer. TypeScript does not declare them yet. */
interface JsonWithSource {
  parse(text: string, revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}

const jsonWithSource = JSON as unknown as JsonWithSource

/**
 * Parses JSON. Integers that a JavaScript number cannot represent keep their digits when the result is serialized. Numbers that are
 * too large for JavaScript, such as `1e400`, stay numbers.
 */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}|\de\+?\d{3}/i.test(text)) return JSON.parse(text) as unknown
  return jsonWithSource.parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined
      ? jsonWithSource.rawJSON(source)
      : value,
  )
}

/** The maximum length of a text that is kept because its pattern probably allows only a few words. */
const maxWordLength = 12

const isRawNumber = (value: object): boolean => 'rawJSON' in value && Object.isFrozen(value)

/**
 * Replaces all strings of a value by pseudonyms, except times and strings whose schema lists the allowed values. Numbers and booleans
 * are kept. The names of fields are kept if the spec documents a field or parameter with this name.
 *
 * @param shape the shape of the schema, or `undefined` if the value is not documented
 * @param depth the number of objects and arrays around the value
 * @throws if the value has too many nested objects and arrays
 */
export function redactValue(
  value: unknown,
  shape: Shape | undefined,
  name: string,
  options: RedactValueOptions,
  depth = 0,
): unknown {
  if (typeof value === 'string') return redactString(value, shape, name, options)
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value
  if (depth >= maxDepth) throw new Error(`The body has more than ${maxDepth} nested objects and arrays.`)
  if (Array.isArray(value)) return value.map(item => redactValue(item, shape?.items, name, options, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const documented = shape?.properties?.get(key)
      if (documented) return [key, redactValue(inner, documented, key, options, depth + 1)]
      return [options.redactName(key), redactValue(inner, shape?.rest, key, options, depth + 1)]
    }),
  )
}

/** The maximum number of nested objects and arrays. With more levels, the stack could overflow. */
const maxDepth = 500

/**
 * Returns a function that replaces undocumented names by pseudonyms. It never returns the same pseudonym for two names. If two names
 * would have the same pseudonym, the second name gets a longer pseudonym.
 *
 * @param maxStored the maximum number of names whose pseudonyms are stored. Without this limit, a long recording could fill the memory
 */
export function createNameRedactor(
  { keep, isName, pseudonymize }: Omit<RedactValueOptions, 'redactName' | 'isResponse'>,
  maxStored = 100_000,
): (name: string) => string {
  const isKept = (name: string) => isName(name) || keep.has(name.toLowerCase())
  const results = new Map<string, string>()
  const used = new Set<string>()
  const isFree = (candidate: string) => !used.has(candidate) && !isKept(candidate)
  return name => {
    if (name === '' || isKept(name)) return name
    const known = results.get(name)
    if (known !== undefined) return known
    const isStored = results.size < maxStored
    let result = pseudonymize(name, candidate => candidate === name || isFree(candidate))
    // Adds 12 letters of a second pseudonym of the same name. The longer pseudonym is unique in practice, so it does not have to be stored.
    if (!isStored || !isFree(result)) result += `-${pseudonymize(`${name}-suffixsuffix`).slice(-12)}`
    if (isStored) {
      results.set(name, result)
      used.add(result)
    }
    return result
  }
}

/**
 * Redacts a text. If the text is JSON, redacts the parts of the JSON, so that the result is still JSON.
 *
 * @param isValid returns whether a text fits the whole schema. It is needed because `shape` lacks some keywords, such as `maxLength`
 */
export function redactString(
  text: string,
  shape: Shape | undefined,
  name: string,
  options: RedactValueOptions,
  isValid: (text: string) => boolean = () => true,
): string {
  if (text === '' || options.keep.has(name.toLowerCase())) return text
  if (shape && isKept(text, shape, options)) return text
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(redactValue(parseExactJson(text), undefined, '', options))
    } catch {
      // The text starts like JSON, but is not valid JSON.
    }
  }
  if (shape === undefined) return options.pseudonymize(text)
  const isListed = shape.isLimited || shape.state !== undefined
  const fits = (candidate: string) =>
    fitsShape(candidate, shape) && isValid(candidate) && (!isListed || isAllowed(candidate, shape))
  const isFitting = fits(text)
  const pseudonym = options.pseudonymize(text, fits, isFitting ? findPrefix(shape) : '')
  // If the patterns accept the text but not its pseudonym, they probably allow only a few words, such as `true` and `false`. In this case,
  // a short text is kept.
  return text.length <= maxWordLength && isFitting && !fits(pseudonym) ? text : pseudonym
}

const times: { readonly [format: string]: RegExp } = {
  'date-time': /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]{0,20}(?:Z|[+-]\d\d:?\d\d)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d[\d:.]{0,20}(?:Z|[+-]\d\d:?\d\d)?$/,
}

function isKept(text: string, shape: Shape, { isResponse }: RedactValueOptions): boolean {
  const { isLimited, state, format = '', isSensitive } = shape
  if (isSensitive || text.length > maxKeptLength) return false
  if (isAllowed(text, shape)) return true
  // An undocumented value in a response is kept, because a finding shows it. An undocumented value in a request could be a secret.
  if (isLimited || state !== undefined) return isResponse && !isBoolean(shape) && isEnumValue(text)
  return times[format]?.test(text) === true
}

/** Whether the schema allows only booleans. */
const isBoolean = ({ allowed, state }: Shape): boolean =>
  state === undefined && allowed.size > 0 && [...allowed].every(value => value === 'true' || value === 'false')

const isAllowed = (text: string, { allowed, state }: Shape): boolean =>
  allowed.has(text) || state?.known.has(text.toLowerCase()) === true

/** Returns the literal beginning that a pattern such as `^DataQuality-[a-z]*$` requires. */
const findPrefix = ({ patterns }: Shape): string =>
  patterns
    .map(({ source }) => /^\^([\w-]+)(?![\w-]|[*+?{|])(?=[[(\\$])/.exec(source)?.[1] ?? '')
    .find(prefix => prefix !== '') ?? ''

const fitsShape = (text: string, { patterns }: Shape): boolean => patterns.every(pattern => pattern.test(text))
