import { type Clients, type Jobs, parseRef, type ServiceJob } from '@jobscope/jobs'
import { defaultFirst, readPointer } from '@jobscope/specs'
import type { ConnectionFlags } from '../connection.ts'
import type { Client } from '../create-client.ts'
import { validateBody } from '../spec/call-arguments.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import { findOperation } from '../spec/operation.ts'
import { UsageError } from '../usage-error.ts'
import { callJobOperation } from './call-job-operation.ts'
import { explainCreationError, readCreatedRef } from './read-created-ref.ts'

/** How a job can be submitted again. */
export type RetryPlan =
  /** The service starts the same job again. */
  | { readonly type: 'start'; readonly ref: string; readonly operation: string }
  /** A new job is created from the request that the service shows. */
  | {
      readonly type: 'create'
      readonly ref: string
      readonly operation: string
      readonly body: unknown
      /** The parts of the request that the service does not show. The new job lacks these parts. */
      readonly omits: string | undefined
    }

/**
 * Reads from the spec how a job can be submitted again. Changes nothing.
 *
 * @param known the job, if the caller has already read it
 * @throws UsageError if the service does not show the request of the job
 */
export async function planRetry(
  ref: string,
  jobs: Jobs<Clients>,
  signal: AbortSignal,
  known?: ServiceJob,
): Promise<RetryPlan> {
  const kind = await findKind(getKindName(ref))
  const { resubmit, operations } = kind
  if (!resubmit) {
    const [start] = defaultFirst(operations.start)
    if (start) return { type: 'start', ref, operation: start.operation }
    throw createUnsupportedError(ref, kind)
  }
  const { raw } = known ?? (await jobs.get(ref, { signal }))
  const body = readRequest(raw, resubmit)
  if (body === undefined) throw createUnsupportedError(ref, kind)
  const operation = await findOperation(`${kind.service}.${resubmit.operation}`)
  const file = { value: body, locate: () => ({ text: ref, offset: 0 }) }
  try {
    validateBody(operation, file)
  } catch {
    throw createUnsupportedError(ref, kind)
  }
  return { type: 'create', ref, operation: operation.id, body, omits: resubmit.omits }
}

export interface RetryOptions {
  readonly jobs: Jobs<Clients>
  readonly getClient: (service: string) => Client
  readonly signal: AbortSignal
  /** The options of the connection, for the commands that error messages suggest. */
  readonly flags?: ConnectionFlags
}

/**
 * Submits a job again.
 *
 * @returns the reference of the new job, or of the same job if it was started again. Undefined if the new job has already completed and
 *   has no reference
 * @throws MissingJobError if the response should identify a job but does not
 */
export async function retryJob(
  plan: RetryPlan,
  { jobs, getClient, signal, flags }: RetryOptions,
): Promise<string | undefined> {
  const { service } = parseRef(plan.ref)
  const client = getClient(service)
  if (plan.type === 'start') {
    const { operations, key } = await findKind(getKindName(plan.ref))
    const [start] = defaultFirst(operations.start)
    if (start) await callJobOperation(start, { client, ref: plan.ref, keyNames: Object.keys(key) }, signal)
    return plan.ref
  }
  const call = client[plan.operation] as (args: object, options: object) => Promise<unknown>
  const kind = await findKind(getKindName(plan.ref))
  const response = await call({ body: plan.body }, { signal }).catch((error: unknown) => {
    throw explainCreationError(error, kind, flags)
  })
  return readCreatedRef(jobs, { kind, operation: plan.operation, response, args: { body: plan.body } }, flags)
}

function getKindName(ref: string): string {
  const { service, kind } = parseRef(ref)
  return `${service}:${kind}`
}

function readRequest(raw: unknown, { at, body }: NonNullable<Kind['resubmit']>): unknown {
  if (at === undefined) {
    const members = Object.entries(body ?? {}).map(([name, pointer]) => [name, readPointer(raw, pointer)] as const)
    return Object.fromEntries(members.filter(([, value]) => value !== undefined && value !== ''))
  }
  const value = readPointer(raw, at)
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

const createUnsupportedError = (ref: string, { name }: Kind): UsageError =>
  new UsageError(
    `Cannot submit ${ref} again: the service does not show the request that created it. Pass the request body with --file <file>. To print an example, run: jobscope submit ${name} --example`,
  )
