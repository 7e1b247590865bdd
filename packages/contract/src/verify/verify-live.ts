import { isApiError } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'
import { readPointer } from '@jobscope/specs'
import type { PlannedRead } from './plan-reads.ts'

/** A client with its methods by operation ID. */
export interface ReadingClient {
  readonly [operation: string]: unknown
}

export interface VerifyOptions {
  /** The operations to call, from `planReads`. */
  readonly reads: readonly PlannedRead[]
  /** The client of a service. Create it with hooks that check the exchanges, and without retries. */
  readonly getClient: (service: string) => ReadingClient
  /** The maximum number of requests. @default 50 */
  readonly maxRequests?: number | undefined
  /** The number of jobs of each kind whose details are read. @default 1 */
  readonly jobsPerKind?: number | undefined
  /** The pause before each request except the first, in milliseconds. @default 500 */
  readonly pause?: number | undefined
  /** Waits for `ms` milliseconds. @default a timer */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
  /** Called before each request. */
  readonly onRequest?: ((read: PlannedRead) => void) | undefined
  /** Called for each call that failed. The exchange of a failed call is also checked. */
  readonly onError?: ((read: PlannedRead, error: unknown) => void) | undefined
}

export interface VerifyResult {
  readonly requests: number
  /** The number of requests that failed. An operation that is not allowed in the state of the job does not count. */
  readonly failed: number
  /** The operations that were not called, because the limit was reached or the list had no jobs. */
  readonly skipped: readonly PlannedRead[]
}

/**
 * Calls read-only operations, one after the other: the list of each kind of job, then the details of the jobs in this list.
 *
 * @throws the reason of `signal`
 */
export async function verifyLive(options: VerifyOptions): Promise<VerifyResult> {
  const {
    reads,
    getClient,
    maxRequests = 50,
    jobsPerKind = 1,
    pause = 500,
    sleep = systemClock.sleep,
    signal,
    onRequest,
    onError,
  } = options
  const skipped = new Set(reads)
  let requests = 0
  let failed = 0

  async function call(read: PlannedRead, args: object): Promise<unknown> {
    if (requests >= maxRequests) return undefined
    if (requests > 0) await sleep(pause, signal)
    signal?.throwIfAborted()
    requests++
    onRequest?.(read)
    skipped.delete(read)
    const method = getClient(read.service)[read.operation] as (args: object, options: object) => Promise<unknown>
    try {
      return await method(args, { signal, retry: false })
    } catch (error) {
      signal?.throwIfAborted()
      // The service does not allow the operation in the state of this job. The spec declares this response, so the call does not count as
      // failed.
      if (isApiError(error) && error.kind === 'conflict') return undefined
      failed++
      onError?.(read, error)
      return undefined
    }
  }

  for (const list of reads.filter(({ role }) => role === 'list')) {
    const found = readPointer(await call(list, {}), list.at)
    const jobs = Array.isArray(found) ? (found as unknown[]).slice(0, jobsPerKind) : []
    const details = reads.filter(
      each => each.role === 'job' && each.service === list.service && each.kind === list.kind,
    )
    for (const job of jobs) for (const read of details) await call(read, readArguments(read, job))
  }
  return { requests, failed, skipped: [...skipped] }
}

const readArguments = ({ parameters }: PlannedRead, job: unknown): object =>
  Object.fromEntries(Object.entries(parameters).map(([name, pointer]) => [name, readPointer(job, pointer)]))
