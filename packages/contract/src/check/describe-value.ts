/** The longest text of a value in a report. */
const maxLength = 60

/** Returns the JSON type of a value. */
export function getJsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Describes a value with its type: `string "2024-01-01"`. Long values are cut, and a sensitive value is not shown. */
export function describeValue(value: unknown, isSensitive = false): string {
  if (value === undefined) return 'no value'
  const type = getJsonType(value)
  if (typeof value === 'object' || isSensitive) return type === 'null' ? 'null' : type
  const text = JSON.stringify(value)
  return `${type} ${text.length > maxLength ? `${text.slice(0, maxLength)}…` : text}`
}

/** Shortens the text of a value that is shown without its type. */
export const shorten = (text: string): string => (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text)
