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

/** The maximum length of an undocumented value that a redacted recording keeps. A longer text could be a secret. */
export const maxKeptLength = 64

/** A part of an enum value: a word in one of the usual cases, or a few characters such as `v2` or `K8S`. */
const enumWord = String.raw`(?:[A-Z]{1,24}|[A-Z]{0,4}[a-z]{1,24}(?:[A-Z]{1,4}[a-z]{2,24}){0,5}[A-Z]{0,2}|[A-Za-z\d]{1,4})`
/** A value of an enum: at most 8 parts, with at most 6 digits in total. */
const enumValue = new RegExp(String.raw`^(?!(?:\D*\d){7})(?:${enumWord}(?:(?:[ _.:-]| ?\()${enumWord}){0,7}\)?)?$`)

/**
 * Whether a text has the form of a job state or another value of an enum, such as `HALF_OPEN`, `jobFailed` or `v2.1`. Other texts could be
 * secrets, so a redacted recording replaces them with pseudonyms. Such a pseudonym does not have this form either.
 */
export const isEnumValue = (text: string): boolean => text.length <= maxKeptLength && enumValue.test(text)

/**
 * Describes a job state, an error code or another value of an enum that the spec does not document. A text that could be a secret is not
 * shown, because a redacted recording does not contain it.
 */
export const describeUnlisted = (value: unknown): string =>
  typeof value === 'string' && !isEnumValue(value) && !isErrorCode(value)
    ? `a text of ${[...value].length} characters`
    : shorten(String(value))

const errorCode = /^(?:[A-Z]{2,12}|ModelArts)(?:[._](?:\d{1,8}|[A-Z]{2,12}|(?:[A-Z][a-z]{1,20}){1,5})){1,4}$|^\d{1,8}$/

/** Whether a text has the form of the documented error codes, such as `DLI.0999`, `DLI.InvalidParameter` or `SVCSTG.DLI.4001`. */
export const isErrorCode = (text: string): boolean => text.length <= maxKeptLength && errorCode.test(text)
