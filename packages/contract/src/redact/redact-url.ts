import type { FoundService, MatchedRequest } from '../schema/match-operation.ts'
import type { ParameterContract } from '../schema/operation.ts'
import { redactParameter } from './redact-parameter.ts'
import type { RedactValueOptions } from './redact-value.ts'
import { type RedactionOptions, redacted } from './redaction-options.ts'

/** Encodes a part of a URL. Half of a surrogate pair cannot be encoded, so it is replaced. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))

/** Redacts a URL. `found` is the service that the URL belongs to. */
export function redactUrl(text: string, found: FoundService | undefined, options: RedactionOptions): string {
  if (!found) return redactForeignUrl(text, options)
  const { base, path, search, matched } = found
  const getParameter = (name: string) => matched?.operation.parameters.get(`query ${name}`)
  const query = redactQuery(matched?.query ?? new URLSearchParams(search), getParameter, options)
  return base + (matched ? redactPath(matched, options) : redactUnknownPath(path, options)) + query
}

/** The URL of an unknown host. Even the name of the host could be private. */
function redactForeignUrl(text: string, options: RedactionOptions): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return redacted
  const query = redactQuery(url.searchParams, () => undefined, options)
  return `${url.protocol}//redacted.invalid${redactUnknownPath(url.pathname, options)}${query}`
}

function redactQuery(
  pairs: Iterable<readonly [string, string]>,
  getParameter: (name: string) => ParameterContract | undefined,
  options: RedactionOptions,
): string {
  const { redactName } = options
  const query = [...pairs].map(([name, value]) => {
    const parameter = getParameter(name)
    const newName = parameter ? name : redactName(name)
    return `${encode(newName)}=${encode(redactParameter(value, name, parameter, options))}`
  })
  return query.length > 0 ? `?${query.join('&')}` : ''
}

function redactPath({ operation, pathValues }: MatchedRequest, options: RedactValueOptions): string {
  let index = 0
  return operation.path.replace(/\{[^}]+\}/g, () => {
    const name = operation.pathNames[index] ?? ''
    const value = pathValues[index++] ?? ''
    return encode(redactParameter(value, name, operation.parameters.get(`path ${name}`), options))
  })
}

/** Redacts the path of an unknown operation, except the segments that also occur in a documented path. The finding shows these segments. */
const redactUnknownPath = (path: string, { pseudonymize, words: { isSegment } }: RedactionOptions): string =>
  path
    .split('/')
    .map(segment =>
      isSegment(segment) ? segment : pseudonymize(segment, candidate => candidate === segment || !isSegment(candidate)),
    )
    .join('/')
