import type { Shape } from '../schema/shape.ts'
import type { Pseudonymize } from './pseudonym.ts'

export interface RedactValueOptions {
  readonly pseudonymize: Pseudonymize
  /** Names of fields whose values are kept. */
  readonly keep: ReadonlySet<string>
}

/** An integer or number that keeps its digits when it is serialized. */
interface JsonWithSource {
  parse(text: string, revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}

const jsonWithSource = JSON as unknown as JsonWithSource

/** Parses JSON. Integers that a number cannot represent keep their digits when the result is serialized. */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown
  return jsonWithSource.parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined
      ? jsonWithSource.rawJSON(source)
      : value,
  )
}

/** The longest text that is kept because its pattern lists a few words. */
const maxWordLength = 12

const isRawNumber = (value: object): boolean => 'rawJSON' in value && Object.isFrozen(value)

/** The maximum length of a text that is kept because of its schema. A longer text could be a secret. */
const maxKeptLength = 64

/**
 * Replaces all strings of a value by pseudonyms, except times and strings whose schema lists the allowed values. Numbers, booleans
 * and names of documented fields are kept.
 *
 * @param shape the shape of the schema. Without a shape, the names of fields become pseudonyms too
 */
export function redactValue(
  value: unknown,
  shape: Shape | undefined,
  name: string,
  options: RedactValueOptions,
): unknown {
  if (typeof value === 'string') return redactString(value, shape, name, options)
  if (Array.isArray(value)) return value.map(item => redactValue(item, shape?.items, name, options))
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const documented = shape?.properties?.get(key)
      if (documented) return [key, redactValue(inner, documented, key, options)]
      // If a documented object has an undocumented field, a finding must show the name of the field. The names in a map are user
      // data.
      const isReported = shape?.properties !== undefined && shape.rest === undefined && !shape.isOpen
      const newKey = isReported || options.keep.has(key.toLowerCase()) ? key : options.pseudonymize(key)
      return [newKey, redactValue(inner, shape?.rest, key, options)]
    }),
  )
}

/** Redacts a text. If the text is JSON, redacts the parts of the JSON, so that the result is still JSON. */
export function redactString(
  text: string,
  shape: Shape | undefined,
  name: string,
  options: RedactValueOptions,
): string {
  if (text === '' || options.keep.has(name.toLowerCase())) return text
  if (shape && isKept(text, shape)) return text
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(redactValue(parseExactJson(text), undefined, '', options))
    } catch {
      // It only looks like JSON.
    }
  }
  if (shape === undefined || shape.patterns.length === 0) return options.pseudonymize(text)
  const fits = (candidate: string) => fitsShape(candidate, shape)
  const pseudonym = options.pseudonymize(text, fits)
  // If a pattern accepts the text but no pseudonym, it probably lists a few words, such as `true` and `false`. So the text is kept.
  return text.length <= maxWordLength && fits(text) && !fits(pseudonym) ? text : pseudonym
}

function isKept(text: string, { isLimited, state, format, isSensitive }: Shape): boolean {
  if (isSensitive || text.length > maxKeptLength) return false
  if (isLimited || state !== undefined) return true
  return format === 'date-time' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?$/.test(text)
}

const fitsShape = (text: string, { patterns }: Shape): boolean => patterns.every(pattern => pattern.test(text))
