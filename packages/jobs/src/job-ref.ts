import { ArgumentError } from '@jobscope/core'
import { formatJobRef, type JobRef, parseJobRef } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'

/** A job reference: the name of the client, the kind of job, and the parts of its key in the order of the spec. */
export type Ref = JobRef

/**
 * Formats a job reference: `dli:batch:0a324461-…`, `modelarts:training-version:10/12`. Special characters in the ID are
 * percent-encoded, so that the text can be used in JSON, in a shell and in another process.
 */
export const formatRef: (ref: Ref) => string = formatJobRef

/**
 * Parses a job reference.
 *
 * @throws ArgumentError if the text is not a job reference
 * @example
 * parseRef('modelarts:training-version:10/12') // { service: 'modelarts', kind: 'training-version', key: ['10', '12'] }
 */
export function parseRef(text: string): Ref {
  const ref = parseJobRef(text)
  if (ref) return ref
  throw createRefError(
    `Invalid job reference ${quote(text)}. Expected service:kind:id, for example dli:batch:0a324461.`,
  )
}

/** A job reference with the kind that it names. */
export interface ResolvedRef {
  readonly kind: ClientJobKind
  /** The key, in the form of arguments for the operations of the kind. */
  readonly args: Readonly<Record<string, string>>
  /** The reference in its canonical spelling. */
  readonly ref: string
}

/**
 * Parses a job reference and finds the kind of job that it names.
 *
 * @throws ArgumentError if the text is not a job reference, or names an unknown service or kind
 */
export function resolveRef(kinds: readonly ClientJobKind[], text: string): ResolvedRef {
  const { service, kind: name, key } = parseRef(text)
  const kindsOfService = kinds.filter(kind => kind.service === service)
  if (kindsOfService.length === 0) {
    const services = [...new Set(kinds.map(kind => kind.service))]
    throw createRefError(
      `Unknown service "${service}" in job reference ${quote(text)}. Known services: ${services.join(', ') || 'none'}.`,
    )
  }
  const kind = kindsOfService.find(kind => kind.kind === name)
  if (!kind) {
    const names = kindsOfService.map(({ kind }) => kind)
    throw createRefError(
      `Unknown kind "${name}" in job reference ${quote(text)}. Kinds of ${service}: ${names.join(', ')}.`,
    )
  }
  const parameters = Object.keys(kind.rules.key)
  if (parameters.length !== key.length) {
    const parts = key.length === 1 ? '1 part' : `${key.length} parts`
    const expected = `${service}:${name}:${parameters.map(parameter => `<${parameter}>`).join('/')}`
    throw createRefError(`The ID in job reference ${quote(text)} has ${parts}. Expected ${expected}.`)
  }
  return {
    kind,
    args: Object.fromEntries(parameters.map((parameter, index) => [parameter, key[index] as string])),
    ref: formatRef({ service, kind: name, key }),
  }
}

const quote = (text: string): string => `"${text}"`

const createRefError = (message: string): ArgumentError => new ArgumentError(undefined, 'ref', message)
