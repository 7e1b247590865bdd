import type { Finding } from '../check/finding.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

/** The operation of a finding, as text: `dli.getBatch`. For an unknown operation: the service, the method and the path. */
export const describeOperation = ({ service, operation, method, path }: Finding): string =>
  escapeControlCharacters(operation === undefined ? `${service}: ${method} ${path}` : `${service}.${operation}`)

/** Where in the exchange the difference is: `response body /sessions/0/state`. */
export const describePlace = ({ side, place, pointer }: Finding): string =>
  escapeControlCharacters(place === 'operation' ? '' : `${side} ${place} ${pointer}`.trim())

export const describeDifference = ({ expected, seen }: Finding): string =>
  escapeControlCharacters(`expected ${expected}, seen ${seen}`)

export const describeCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Where the first difference is: the file and, in this file, the number of the line or entry. */
export const describeLocation = ({ first: { file, line } }: Finding): string =>
  escapeControlCharacters(file === '' ? '' : `${file}:${line}`)

/** Says that the report does not list all differences. */
export const describeOmitted = (count: number): string =>
  `${describeCount(count, 'difference')} not listed, because there are more than 10,000 different findings.`
