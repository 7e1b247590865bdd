import { isDeepStrictEqual } from 'node:util'
import { isArgumentError, isResponseError } from '@jobscope/core'
import type { Clients, Jobs } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import type { ConnectionFlags } from '../connection.ts'
import type { Kind } from '../spec/kinds.ts'
import { formatFollowUpCommand } from './follow-up-command.ts'

/** The response to a request that creates a job identifies no job. The service may have created the job. */
export class MissingJobError extends Error {
  override readonly name = 'MissingJobError'
}

/** A call that created a job. */
export interface CreatingCall {
  readonly kind: Pick<Kind, 'service' | 'name' | 'operations'>
  /** The ID of the operation. */
  readonly operation: string
  readonly response: unknown
  readonly args: object
}

/**
 * Returns the reference of the job that a call created.
 *
 * @param flags the options of the connection, for the command that the error message suggests
 * @returns undefined if the operation has already finished its work and the response contains no job
 * @throws MissingJobError if the response should identify a job but does not
 */
export function readCreatedRef(
  jobs: Pick<Jobs<Clients>, 'getRef'>,
  { kind, operation, response, args }: CreatingCall,
  flags: ConnectionFlags = {},
): string | undefined {
  const ref = findRef(() => jobs.getRef(kind.service, operation, response, args))
  if (ref !== undefined || hasCompleted(kind, operation, response)) return ref
  throw createMissingJobError(`${operation}: The response contains no job ID.`, kind, flags)
}

/**
 * Adds to the error of a call that creates a job that the job may exist, if the service accepted the request and the client rejected the
 * response. Returns all other errors unchanged.
 *
 * @param flags the options of the connection, for the command that the error message suggests
 */
export const explainCreationError = (error: unknown, kind: Pick<Kind, 'name'>, flags: ConnectionFlags = {}): unknown =>
  isResponseError(error) && error.mayHaveHappened && error.status >= 200 && error.status < 300
    ? createMissingJobError(error.message, kind, flags)
    : error

/** Says that a job may exist, and which command lists the jobs of its kind. */
export const describePossibleJob = ({ name }: Pick<Kind, 'name'>, flags: ConnectionFlags): string =>
  `The job may have been created. To check, run: ${formatFollowUpCommand('ls', [], { ...flags, kind: [name] })}`

function createMissingJobError(reason: string, kind: Pick<Kind, 'name'>, flags: ConnectionFlags): MissingJobError {
  const end = /[.!?]$/.test(reason) ? '' : '.'
  return new MissingJobError(`${reason}${end} ${describePossibleJob(kind, flags)}`)
}

/** Returns undefined if the response contains no ID or only a part of it. */
function findRef(getRef: () => string | undefined): string | undefined {
  try {
    return getRef()
  } catch (error) {
    if (isArgumentError(error)) return undefined
    throw error
  }
}

/** Whether the response says that the operation has already finished its work. */
function hasCompleted({ operations }: CreatingCall['kind'], operation: string, response: unknown): boolean {
  const values = operations.create?.find(call => call.operation === operation)?.completed
  if (values === undefined) return false
  return Object.entries(values).every(([pointer, value]) => isDeepStrictEqual(readPointer(response, pointer), value))
}
