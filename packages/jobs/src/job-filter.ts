import type { JobState } from '@jobscope/core'
import { ArgumentError, isTerminal } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'
import { getJobTime } from './job-lists.ts'
import type { ServiceJob } from './service-job.ts'

/** Selects jobs. A job must match all members that are set. */
export interface JobFilter {
  /** Names of clients. @default all */
  services?: readonly string[] | undefined
  /** Kinds of any service (`batch`), or of one service (`dli:batch`). @default all */
  kinds?: readonly string[] | undefined
  /** One state, or several. @default all */
  state?: JobState | readonly JobState[] | undefined
  /** A part of the name (case is ignored), or a regular expression. @default all */
  name?: string | RegExp | undefined
  /**
   * Selects jobs that were created at this time or later. For kinds without a creation time, the filter compares the time when the job
   * started or last changed. Jobs without any time match as long as they are not in a terminal state. @default all
   */
  since?: Date | undefined
  /**
   * Selects the jobs for which the function returns true. The function must not throw. A watch calls it for each listed job that it does
   * not watch yet, and then watches a matching job until it ends. So the result should not depend on the state or the duration of a job.
   * @default all
   */
  matches?: ((job: ServiceJob) => boolean) | undefined
}

/** Selects the jobs to watch: existing jobs that have not ended, and new jobs. */
export type WatchFilter = Omit<JobFilter, 'state'>

/**
 * Selects the kinds of jobs that a filter names.
 *
 * @throws ArgumentError if the filter names an unknown service or kind
 */
export function selectKinds(all: readonly ClientJobKind[], { services, kinds }: JobFilter): ClientJobKind[] {
  const serviceNames = all.map(({ service }) => service)
  const kindNames = all.flatMap(({ service, kind }) => [kind, `${service}:${kind}`])
  for (const service of services ?? []) {
    if (!serviceNames.includes(service)) throw createUnknownNameError('services', service, serviceNames)
  }
  for (const kind of kinds ?? []) {
    if (!kindNames.includes(kind)) throw createUnknownNameError('kinds', kind, kindNames)
  }
  return all.filter(
    ({ service, kind }) =>
      (services?.includes(service) ?? true) &&
      (kinds?.some(name => name === kind || name === `${service}:${kind}`) ?? true),
  )
}

function createUnknownNameError(
  parameter: 'services' | 'kinds',
  name: string,
  known: readonly string[],
): ArgumentError {
  const thing = parameter === 'services' ? 'service' : 'kind of job'
  const expected = [...new Set(known)].join(', ')
  return new ArgumentError(undefined, parameter, `Unknown ${thing} "${name}". Expected one of: ${expected}.`)
}

/** Returns whether a job matches the state, name, time and function of a filter. */
export function matchesFilter(job: ServiceJob, { state, name, since, matches }: JobFilter): boolean {
  if (state !== undefined && ![state].flat().includes(job.state)) return false
  if (name !== undefined && !matchesName(job.name, name)) return false
  if (matches && !matches(job)) return false
  if (since === undefined) return true
  const time = getJobTime(job)
  return time === undefined ? !isTerminal(job.state) : time >= since.getTime()
}

function matchesName(jobName: string | undefined, name: string | RegExp): boolean {
  if (jobName === undefined) return false
  // A global pattern keeps a position between calls. `search` ignores this position, but `test` would not.
  return typeof name === 'string' ? jobName.toLowerCase().includes(name.toLowerCase()) : jobName.search(name) >= 0
}
