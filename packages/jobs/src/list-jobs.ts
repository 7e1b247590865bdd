import type { Duration } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'
import { createIterator } from './create-iterator.ts'
import { type JobFilter, matchesFilter, selectKinds } from './job-filter.ts'
import { getJobLists } from './job-lists.ts'
import { ListError, type ListFailure } from './list-error.ts'
import { mergeLists } from './merge-lists.ts'
import type { ServiceJob } from './service-job.ts'

export interface ListOptions extends JobFilter {
  /** Maximum number of jobs. @default unlimited */
  limit?: number | undefined
  /** Timeout for each page. If a page times out, its list fails. @default '30s' */
  timeout?: Duration | undefined
  /** Aborts the iteration, which then rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /**
   * Called for each list that fails. If `onError` is set, the iteration ends without a ListError. If `onError` throws or rejects, the
   * iteration rejects with the same error.
   */
  onError?: ((failure: ListFailure) => unknown) | undefined
}

/** Lists the jobs of many kinds, newest first. */
export const listJobs = (kinds: readonly ClientJobKind[], options: ListOptions): AsyncIterableIterator<ServiceJob> =>
  createIterator(signal => readLists(kinds, { ...options, signal }), options.signal)

async function* readLists(
  kinds: readonly ClientJobKind[],
  options: ListOptions & { signal: AbortSignal },
): AsyncGenerator<ServiceJob, void> {
  const { limit = Number.POSITIVE_INFINITY, timeout = '30s', signal, onError, since } = options
  const lists = selectKinds(kinds, options).flatMap(getJobLists)
  const failures: ListFailure[] = []
  // When the consumer leaves the iteration, this controller aborts the requests that are still running.
  const stop = new AbortController()
  const jobs = mergeLists(lists, {
    since,
    timeout,
    signal: AbortSignal.any([signal, stop.signal]),
    async onError({ kind: { service, kind } }, error) {
      signal.throwIfAborted()
      // A kind can have several lists. Only one failure is reported for all lists of a kind.
      if (failures.some(failure => failure.service === service && failure.kind === kind)) return
      failures.push({ service, kind, error })
      await onError?.({ service, kind, error })
    },
  })
  let remaining = limit
  try {
    if (remaining > 0) {
      for await (const job of jobs) {
        signal.throwIfAborted()
        if (!matchesFilter(job, options)) continue
        yield job
        remaining--
        if (remaining <= 0) break
      }
    }
  } finally {
    stop.abort()
  }
  if (failures.length > 0 && !onError) throw new ListError(failures)
}
