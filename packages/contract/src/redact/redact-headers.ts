import type { ParameterContract } from '../schema/operation.ts'
import type { SpecWords } from '../schema/spec-words.ts'
import { type RecordedHeaders, readHeader } from '../traffic/exchange.ts'
import { readBoundary } from '../traffic/form.ts'
import { isStandardHeader, isStandardMediaType, readMediaType } from '../traffic/http-names.ts'
import { redactParameter } from './redact-parameter.ts'
import { type RedactionOptions, redacted, redactedBoundary } from './redaction-options.ts'

const httpDate = String.raw`[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`

/** Headers that reveal nothing about the caller. A value is kept only if it has the form that is listed here. */
const publicHeaders: ReadonlyMap<string, RegExp> = new Map([
  ['content-encoding', /^(?:gzip|br|deflate|zstd|identity)$/],
  ['content-length', /^\d{1,12}$/],
  ['date', new RegExp(`^${httpDate}$`)],
  ['retry-after', new RegExp(`^(?:\\d{1,9}|${httpDate})$`)],
  ['x-language', /^[a-z]{2}[-_][a-z]{2}$/i],
])

/** Redacts headers. `getParameter` returns a header that the spec documents. */
export function redactHeaders(
  headers: RecordedHeaders | undefined,
  getParameter: (lowerCaseName: string) => ParameterContract | undefined,
  options: RedactionOptions,
): RecordedHeaders | undefined {
  if (headers === undefined) return undefined
  const { keep, words, redactName } = options
  return Object.fromEntries(
    Object.keys(headers).map(name => {
      const lowerCase = name.toLowerCase()
      const value = readHeader(headers, lowerCase) ?? ''
      if (keep.has(lowerCase)) return [name, value]
      if (lowerCase === 'content-type') return [name, redactContentType(value, words)]
      const parameter = getParameter(lowerCase)
      if (parameter) return [name, redactParameter(value, name, parameter, options)]
      const newName = isStandardHeader(lowerCase) || words.isHeader(lowerCase) ? name : redactName(name)
      return [newName, publicHeaders.get(lowerCase)?.test(value) ? value : redacted]
    }),
  )
}

function redactContentType(value: string, { isMediaType }: SpecWords): string {
  const type = readMediaType(value)
  const hasBoundary = readBoundary(value) !== undefined
  if (type === '' || isStandardMediaType(type) || isMediaType(type))
    return hasBoundary ? `${type}; boundary=${redactedBoundary}` : type
  return /[/+]json$/.test(type) ? 'application/x-redacted+json' : 'application/x-redacted'
}
