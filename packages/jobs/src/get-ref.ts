import { ArgumentError, readJob } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { formatRef } from './job-ref.ts'

/** A call of a client that created a job. */
export interface CreatingCall {
  /** The name that the client has in `createJobs`. */
  readonly service: string
  readonly operation: string
  readonly response: unknown
  readonly args: object
}

/**
 * Returns the reference of the job that a call created, or undefined if the response has no job.
 *
 * @throws ArgumentError if the operation does not create jobs, or if neither the response nor the arguments identify the job
 */
export function getRef(
  kinds: readonly ClientJobKind[],
  { service, operation, response, args }: CreatingCall,
): string | undefined {
  const { kind, rules } = findKindCreatedBy(kinds, service, operation)
  const { key } = readJob(rules, readPointer(response, rules.create?.[operation]))
  if (Object.keys(key).length === 0) return undefined
  const values = { ...(args as { body?: object }).body, ...args } as Record<string, unknown>
  const parts = Object.keys(rules.key).map(parameter => {
    const value = key[parameter] ?? `${values[parameter] ?? ''}`
    if (value) return value
    throw new ArgumentError(
      undefined,
      'args',
      `The response of ${operation} has no ${parameter}. Pass ${parameter} in args.`,
    )
  })
  return formatRef({ service, kind, key: parts })
}

function findKindCreatedBy(kinds: readonly ClientJobKind[], service: string, operation: string): ClientJobKind {
  const kindsOfService = kinds.filter(kind => kind.service === service)
  const found = kindsOfService.find(({ rules }) => Object.hasOwn(rules.create ?? {}, operation))
  if (found) return found
  const operations = kindsOfService.flatMap(({ rules }) => Object.keys(rules.create ?? {}))
  const expected = operations.length > 0 ? ` Expected one of: ${operations.join(', ')}.` : ''
  throw new ArgumentError(undefined, 'operation', `${service}.${operation} does not create jobs.${expected}`)
}
