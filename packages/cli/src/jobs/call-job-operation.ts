import { cancelJob, type JobKind } from '@jobscope/core'
import { parseRef } from '@jobscope/jobs'
import type { JobOperation } from '@jobscope/specs'
import type { Client } from '../create-client.ts'
import { findOperation } from '../spec/operation.ts'

/** A job, and the client of its service. */
export interface JobAddress {
  readonly client: Client
  readonly ref: string
  /** The names of the parts of the job's key, in the order in which the reference contains these parts. */
  readonly keyNames: readonly string[]
}

/** The parts of a job's key by name. */
export function readKey({ ref, keyNames }: Pick<JobAddress, 'ref' | 'keyNames'>): { readonly [name: string]: string } {
  const { key } = parseRef(ref)
  return Object.fromEntries(keyNames.map((name, index) => [name, key[index] ?? '']))
}

/**
 * Calls an operation on a job, for example the operation that deletes the job. The spec declares how to call the operation.
 *
 * @throws the errors of the call
 */
export async function callJobOperation(rule: JobOperation, address: JobAddress, signal: AbortSignal): Promise<void> {
  const { service } = parseRef(address.ref)
  const { parameters } = await findOperation(`${service}.${rule.operation}`)
  const without = address.keyNames.filter(name => parameters.every(parameter => parameter.name !== name))
  const { operation, args, body } = rule
  const action = { operation, ...(args && { args }), ...(body && { body }), without }
  // `cancelJob` can call any operation on a job, because the rules of all operations have the same form as the rule for canceling.
  const kind = { cancel: action } as unknown as JobKind
  await cancelJob({ client: address.client, kind, args: readKey(address) }, { signal })
}
