import { getJob, isApiError } from '@jobscope/core'
import { isTransientError } from '@jobscope/core/internal'
import { resolveRef } from '../job-ref.ts'
import { jobFrom } from '../service-job.ts'
import type { JobEvent } from './job-events.ts'
import { callOptions, gone, seen, type Watching } from './kind-watch.ts'

/** So many calls are made side by side. */
const sideBySide = 8

/**
 * Asks for jobs one by one.
 *
 * @throws what is no fault of a single job: the service is not reached, or the credentials are refused
 */
export async function* readEach(watching: Watching, wanted: Iterable<string>): AsyncGenerator<JobEvent, void> {
  const { kind, open, clock, pace } = watching
  const look = async (ref: string) => {
    try {
      const { args } = resolveRef([kind], ref)
      return { ref, job: jobFrom(kind, await getJob(kind.client, kind.rules, args, callOptions(watching)), args) }
    } catch (error) {
      return { ref, error }
    }
  }
  const refs = [...wanted]
  for (let next = 0; next < refs.length; next += sideBySide) {
    let fault: unknown
    for (const { ref, job, error } of await Promise.all(refs.slice(next, next + sideBySide).map(look))) {
      const entry = open.get(ref)
      if (!entry) continue
      if (job) yield* seen(watching, job, entry)
      else if (isApiError(error) && error.kind === 'not-found') yield* gone(watching, ref, error)
      else if (isTransientError(error) || !isApiError(error) || /auth/.test(error.kind)) fault ??= error
      else {
        entry.due = clock.now() + pace.max
        yield { type: 'error', service: kind.service, kind: kind.kind, ref, error, count: 1 }
      }
    }
    if (fault) throw fault
  }
}
