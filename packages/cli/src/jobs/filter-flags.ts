import type { Duration, JobState } from '@jobscope/core'
import type { Clients, JobFilter, Jobs, ServiceJob } from '@jobscope/jobs'
import { parseDurationText } from '../duration.ts'
import { matchKindNames } from '../kind-names.ts'
import { createFieldSelector } from '../spec/field-selector.ts'
import { createQueueReader } from '../spec/job-queue.ts'
import { UsageError } from '../usage-error.ts'
import { getKindNames } from './connect-jobs.ts'
import { getJobDuration } from './job-duration.ts'

/** The options that filter jobs. */
export interface FilterFlags {
  readonly service?: readonly string[]
  readonly kind?: readonly string[]
  readonly state?: readonly JobState[]
  readonly name?: string
  readonly since?: string
  readonly until?: string
  /** Short for the state `failed`. */
  readonly failed?: boolean
  readonly owner?: readonly string[]
  readonly queue?: readonly string[]
  /** Only jobs that have been running longer, or ran longer. */
  readonly longerThan?: Duration
  /** `name=value`: values of fields that a kind has. */
  readonly fieldSelector?: readonly string[]
}

/** A filter and the options that a client does not filter by. */
export interface JobSelection {
  readonly filter: JobFilter
  readonly matches: (job: ServiceJob) => boolean
}

/**
 * Converts all options to a filter and a function for the rest.
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
  const filter = toJobFilter(flags, now, getKindNames(jobs))
  const latest = until === undefined ? undefined : parseTime(until, now, '--until').getTime()
  const minDuration = longerThan === undefined ? undefined : parseDurationText(`${longerThan}`)
  const fields = fieldSelector && (await createFieldSelector(fieldSelector, filter.kinds ?? getKindNames(jobs)))
  const getQueue = queue && (await createQueueReader())
  return {
    filter,
    matches: job =>
      (latest === undefined || (getTime(job) ?? Number.POSITIVE_INFINITY) <= latest) &&
      (owner === undefined || owner.includes(job.owner ?? '')) &&
      (queue === undefined || queue.includes(getQueue?.(job) ?? '')) &&
      (minDuration === undefined || (getJobDuration(job, now) ?? 0) > minDuration) &&
      (fields?.(job) ?? true),
  }
}

const getTime = ({ createdAt, startedAt, updatedAt }: ServiceJob): number | undefined =>
  (createdAt ?? startedAt ?? updatedAt)?.getTime()

/**
 * Converts the options to a filter.
 *
 * @param now the current time in epoch ms, for relative times
 * @param knownKinds the kinds that a name can stand for, with their services
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

/** A name that no kind has stays, so that the error quotes it. */
function matchOrKeep(text: string, known: readonly string[]): string[] {
  const found = matchKindNames(text, known)
  return found.length > 0 ? found : [text]
}

function parseTime(text: string, now: number, option: string): Date {
  // Without this check, the date parser would read `--since 2/1` as a day of 2001.
  const isDate = /^\d{4}-\d\d(-|$)/.test(text)
  const date = new Date(isDate ? text : now - (parseDurationText(text) ?? Number.NaN))
  if (Number.isNaN(date.getTime())) {
    throw new UsageError(`Invalid ${option} "${text}". Expected a time such as 30m, 2h, 7d or 2026-11-22.`)
  }
  return date
}
