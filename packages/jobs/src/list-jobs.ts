import type { Duration, JobState } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'
import { sourcesOf, timeOf } from './job-lists.ts'
import { merge } from './merge-lists.ts'
import { ended, type Job } from './service-job.ts'

/** Which jobs are meant. */
export interface JobFilter {
  /** Names of clients. @default all of them */
  services?: readonly string[] | undefined
  /** Kinds, of whatever service (`batch`), or of one (`dli:batch`). @default all of them */
  kinds?: readonly string[] | undefined
  /** One state, or several. @default any */
  state?: JobState | readonly JobState[] | undefined
  /** A part of the name, in whatever case; or a pattern. */
  name?: string | RegExp | undefined
  /** Not older: by creation, or, where a kind does not tell it, by start or last change. Without a time a job passes until it has ended. */
  since?: Date | undefined
}

export interface ListOptions extends JobFilter {
  /** At most so many jobs. @default all of them */
  limit?: number | undefined
  /** How long to wait for a page of a list before going on without that list. @default '30s' */
  timeout?: Duration | undefined
  /** Ends the list at once; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Told at once of a list that failed. With it, the list ends well without those jobs; else it ends with a ListError. */
  onError?: ((failure: ListFailure) => void) | undefined
}

/** A list that could not be read to its end. */
export interface ListFailure {
  readonly service: string
  readonly kind: string
  readonly error: unknown
}

/** Some lists failed. All jobs of the others were given out before. */
export class ListError extends AggregateError {
  override readonly name = 'ListError'
  /** Which lists failed, and why. */
  readonly failures: readonly ListFailure[]

  constructor(failures: readonly ListFailure[]) {
    const texts = failures.map(
      ({ service, kind, error }) => `${service}:${kind}: ${(error as Error | undefined)?.message ?? error}`,
    )
    super(
      failures.map(({ error }) => error),
      `the list lacks jobs (give onError to go on without them): ${texts.join('; ')}`,
    )
    this.failures = failures
  }
}

/** The kinds that a filter names. */
export function chosenKinds(all: readonly ClientJobKind[], { services, kinds }: JobFilter): ClientJobKind[] {
  const known = (name: string, names: readonly string[], what: string) => {
    if (!names.includes(name))
      throw new TypeError(`${what}: there is no '${name}'; there are ${[...new Set(names)].join(', ')}`)
  }
  const own = all.map(({ service }) => service)
  const names = all.flatMap(({ service, kind }) => [kind, `${service}:${kind}`])
  for (const service of services ?? []) known(service, own, 'services')
  for (const kind of kinds ?? []) known(kind, names, 'kinds')
  return all.filter(
    ({ service, kind }) =>
      (services?.includes(service) ?? true) &&
      (kinds?.some(name => name === kind || name === `${service}:${kind}`) ?? true),
  )
}

/** Whether a job is meant by a filter. */
export function matches(job: Job, { state, name, since }: JobFilter): boolean {
  if (state !== undefined && ![state].flat().includes(job.state)) return false
  if (name !== undefined && (job.name === undefined || !hasName(job.name, name))) return false
  if (since === undefined) return true
  const time = timeOf(job)
  return time === undefined ? !ended(job.state) : time >= since.getTime()
}

const hasName = (own: string, name: string | RegExp) =>
  typeof name === 'string' ? own.toLowerCase().includes(name.toLowerCase()) : own.search(name) >= 0

/** Lists jobs of many kinds, newest first. */
export async function* listJobs(all: readonly ClientJobKind[], options: ListOptions): AsyncGenerator<Job, void> {
  const { limit = Number.POSITIVE_INFINITY, timeout = '30s', signal, onError, since } = options
  const sources = chosenKinds(all, options).flatMap(sourcesOf)
  const failures: ListFailure[] = []
  // A list that nobody reads on stops asking for pages.
  const stop = new AbortController()
  const jobs = merge(sources, {
    since,
    timeout,
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    onError({ kind: { service, kind } }, error) {
      signal?.throwIfAborted()
      // One of the lists of a kind says it for all of them.
      if (failures.some(other => other.service === service && other.kind === kind)) return
      failures.push({ service, kind, error })
      onError?.({ service, kind, error })
    },
  })
  let left = limit
  try {
    if (left > 0) {
      for await (const job of jobs) {
        signal?.throwIfAborted()
        if (!matches(job, options)) continue
        yield job
        if (--left <= 0) break
      }
    }
  } finally {
    stop.abort()
  }
  if (failures.length && !onError) throw new ListError(failures)
}
