import type { ServiceJob } from '@jobscope/jobs'
import { getJobDate } from './job-date.ts'
import { getJobDuration } from './job-duration.ts'

type SortKey = (job: ServiceJob, now: number) => number | string | undefined

const keys: { readonly [name: string]: SortKey } = {
  created: job => getJobDate(job)?.getTime(),
  duration: (job, now) => getJobDuration(job, now),
  name: ({ name }) => name,
  state: ({ state }) => state,
  kind: ({ service, kind }) => `${service}:${kind}`,
  owner: ({ owner }) => owner,
}

/** The values of `--sort`. */
export const sortNames: readonly string[] = Object.keys(keys)

/**
 * Times and durations are in descending order, texts in alphabetical order. A `-` in front of the name reverses the order. Unknown
 * values are last.
 */
export function sortJobs(jobs: readonly ServiceJob[], order: string, now: number): ServiceJob[] {
  const isReversed = order.startsWith('-')
  const getKey = keys[order.replace(/^-/, '')]
  if (!getKey) return [...jobs]
  return jobs.toSorted((a, b) => {
    const [first, second] = [getKey(a, now), getKey(b, now)]
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined)
    const difference =
      typeof first === 'number' && typeof second === 'number' ? second - first : `${first}`.localeCompare(`${second}`)
    return isReversed ? -difference : difference
  })
}
