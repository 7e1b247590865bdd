import { isEnumValue, isErrorCode } from './kept-texts.ts'

/** The maximum length of the text of a value in a report. */
const maxLength = 60

/** Returns the JSON type of a value. */
export function getJsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Describes a value with its type: `string "2024-01-01"`. Long values are truncated, and sensitive values are not shown. */
export function describeValue(value: unknown, isSensitive = false): string {
  if (value === undefined) return 'no value'
  const type = getJsonType(value)
  if (typeof value === 'object' || isSensitive) return type === 'null' ? 'null' : type
  const text = JSON.stringify(value)
  return `${type} ${text.length > maxLength ? `${text.slice(0, maxLength)}…` : text}`
}

/** Like `describeValue`, but shows only the type and the length of a string, because any string could be private. */
export const describePrivately = (value: unknown, isSensitive = false): string =>
  typeof value === 'string' && !isSensitive
    ? `a string of ${value.length} characters`
    : describeValue(value, isSensitive)

/** Shortens the text of a value that is shown without its type. */
export const shorten = (text: string): string => (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text)

/**
 * Describes a job state, an error code or another value of an enum that the spec does not document. A text that could be a secret is not
 * shown, because a redacted recording does not contain it.
 */
export const describeUnlisted = (value: unknown): string =>
  typeof value === 'string' && !isEnumValue(value) && !isErrorCode(value)
    ? `a text of ${[...value].length} characters`
    : shorten(String(value))
