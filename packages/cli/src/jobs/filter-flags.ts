import type { Duration, JobState } from '@jobscope/core'
import type { Clients, JobFilter, Jobs, ServiceJob } from '@jobscope/jobs'
import { parseDurationText } from '../duration.ts'
import { matchKindNames } from '../kind-names.ts'
import { parseTime } from '../parse-time.ts'
import { createFieldSelector } from '../spec/field-selector.ts'
import { getQueue } from '../spec/job-queue.ts'
import { readKinds } from '../spec/kinds.ts'
import { UsageError } from '../usage-error.ts'
import { getKindNames } from './connect-jobs.ts'
import { getJobDate } from './job-date.ts'
import { getJobDuration } from './job-duration.ts'

/** The options that filter jobs. */
export interface FilterFlags {
  readonly service?: readonly string[]
  readonly kind?: readonly string[]
  readonly state?: readonly JobState[]
  readonly name?: string
  readonly since?: string
  readonly until?: string
  /** `--failed`, which is short for `--state failed`. */
  readonly failed?: boolean
  readonly owner?: readonly string[]
  readonly queue?: readonly string[]
  /** Selects running and ended jobs whose duration is longer than this value. */
  readonly longerThan?: Duration
  /** Pairs `name=value`. Each name is a filter of the job list of a kind, such as `job_type`. */
  readonly fieldSelector?: readonly string[]
}

/** The names of all options that filter jobs. */
const filterNames = [
  'service',
  'kind',
  'state',
  'name',
  'since',
  'until',
  'failed',
  'owner',
  'queue',
  'longerThan',
  'fieldSelector',
] as const satisfies readonly (keyof FilterFlags)[]

/** Whether an option is set that filters jobs. */
export const hasFilters = (flags: FilterFlags): boolean => filterNames.some(name => flags[name] !== undefined)

/**
 * Checks the options of a command that was called with references of jobs.
 *
 * @param hint a sentence for the error message that says what to do instead
 * @throws UsageError if an option is set that filters jobs, because it would have no effect on the given jobs
 */
export function checkNoFilters(flags: FilterFlags, hint: string): void {
  if (hasFilters(flags)) throw new UsageError(`Filter options apply only to lists of jobs. ${hint}`)
}

/** Filters for `jobs.list` and `jobs.watch`, and a function that applies the options that the filters do not support. */
export interface JobSelection {
  /** The filter for `jobs.list`. */
  readonly filter: JobFilter
  /**
   * The filter for `jobs.watch`. It selects the jobs that match all options or may match them later: a running job can become longer than
   * `--longer-than`, and the raw state in `--field-selector` can change.
   */
  readonly watchFilter: JobFilter
  readonly matches: (job: ServiceJob) => boolean
  /** The queues of all jobs that matched the options other than `--queue`. Empty without `--queue`. */
  readonly queues: ReadonlySet<string>
}

/**
 * Converts all options to filters for `jobs.list` and `jobs.watch`, and a function. The function applies the options that the filters do
 * not support.
 *
 * @param now the current time in epoch ms, for relative times
 * @throws UsageError if an option is invalid
 */
export async function createSelection(
  flags: FilterFlags,
  now: number,
  jobs: Pick<Jobs<Clients>, 'kinds'>,
): Promise<JobSelection> {
  const { owner, queue, until, longerThan, fieldSelector } = flags
  const known = getKindNames(jobs)
  const filter = toJobFilter(flags, now, known)
  const narrowed = await narrowKinds(flags, filter, jobs)
  const latest = until === undefined ? undefined : parseTime(until, now, '--until').getTime()
  const minDuration = longerThan === undefined ? undefined : parseDurationText(`${longerThan}`)
  const fields = fieldSelector && (await createFieldSelector(fieldSelector, filter.kinds ?? known))
  const queues = new Set<string>()
  const canMatch = (job: ServiceJob) =>
    (latest === undefined || (getJobDate(job)?.getTime() ?? Number.POSITIVE_INFINITY) <= latest) &&
    (owner === undefined || owner.includes(job.owner ?? '')) &&
    (fields?.canMatch(job) ?? true)
  const matchesQueue = (job: ServiceJob) => {
    const found = queue && getQueue(job)
    if (found !== undefined) queues.add(found)
    return queue === undefined || queue.includes(found ?? '')
  }
  return {
    filter: narrowed,
    watchFilter: { ...narrowed, matches: job => canMatch(job) && matchesQueue(job) },
    // The queue is checked last, so that `queues` contains only queues of jobs that match the other options.
    matches: job =>
      canMatch(job) &&
      (minDuration === undefined || (getJobDuration(job, now) ?? 0) > minDuration) &&
      (fields?.matches(job) ?? true) &&
      matchesQueue(job),
    queues,
  }
}

/**
 * With `--queue`, removes the kinds whose jobs have no queue. With `--owner`, removes the kinds whose jobs have no owner. The jobs of
 * the removed kinds never match, so the command does not read their lists.
 *
 * @throws UsageError if no kind remains
 */
async function narrowKinds(
  { queue, owner }: FilterFlags,
  filter: JobFilter,
  { kinds }: Pick<Jobs<Clients>, 'kinds'>,
): Promise<JobFilter> {
  if (!queue && !owner) return filter
  const withQueue = new Set((await readKinds()).flatMap(({ name, queue }) => (queue === undefined ? [] : [name])))
  const rows = kinds.map(({ service, kind, rules }) => {
    const name = `${service}:${kind}`
    const isNamed = filter.kinds?.some(each => each === kind || each === name) ?? true
    return {
      name,
      isSelected: isNamed && (filter.services?.includes(service) ?? true),
      canMatch: (!queue || withQueue.has(name)) && (!owner || rules.fields.owner !== undefined),
    }
  })
  const selected = rows.filter(({ isSelected }) => isSelected)
  // The filter names only unknown services or kinds. It stays unchanged, so that `jobs.list` throws the error that names them.
  if (selected.length === 0) return filter
  const names = selected.filter(({ canMatch }) => canMatch).map(({ name }) => name)
  if (names.length > 0) return { ...filter, kinds: names }
  const suitable = rows.filter(({ canMatch }) => canMatch).map(({ name }) => name)
  const options = [...(queue ? ['--queue'] : []), ...(owner ? ['--owner'] : [])].join(' and ')
  throw new UsageError(
    `${options} cannot match jobs of kind ${selected.map(({ name }) => name).join(', ')}. Kinds that can match: ${suitable.join(', ')}.`,
  )
}

/**
 * Converts the options to a filter.
 *
 * @param now the current time in epoch ms, for relative times
 * @param knownKinds all kinds with their services, to find the kinds that match a name such as `batch`
 * @throws UsageError if `--since` is not a time
 */
export function toJobFilter(
  { service, kind, state, name, since, failed }: FilterFlags,
  now: number,
  knownKinds: readonly string[] = [],
): JobFilter {
  return {
    ...(service && { services: service }),
    ...(kind && { kinds: kind.flatMap(text => matchOrKeep(text, knownKinds)) }),
    ...(failed ? { state: ['failed'] as const } : state && { state }),
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since: parseTime(since, now, '--since') }),
  }
}

/** Returns the kinds that match a name. If no kind matches, returns the name, so that the error message quotes the name. */
function matchOrKeep(text: string, known: readonly string[]): string[] {
  const found = matchKindNames(text, known)
  return found.length > 0 ? found : [text]
}
