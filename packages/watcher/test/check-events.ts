import type { WatcherEvent } from '../src/index.ts'

export interface EventReport {
  /** Different events. */
  readonly events: number
  readonly duplicates: number
  /** Jobs whose end was not reported, or was reported by more than one event. */
  readonly lost: readonly string[]
  /** IDs of events that arrived again with different content. */
  readonly different: readonly string[]
  /** Events that do not continue from the previous event of their job. */
  readonly broken: readonly string[]
}

/** The number of an event in its shard. */
const getNumber = (id: string): number => Number(id.split('#')[1])

/**
 * Checks the log of a receiver, in the order of arrival.
 *
 * @param expected the keys of the jobs whose ends must be reported. A key consists of the source and the subject of the events of a job
 */
export function checkEvents(log: Iterable<WatcherEvent>, expected: Iterable<string>): EventReport {
  const bodies = new Map<string, string>()
  const last = new Map<string, WatcherEvent>()
  const ends = new Map<string, number>()
  const different: string[] = []
  const broken: string[] = []
  let duplicates = 0
  for (const event of log) {
    const { id, type, source, subject, data } = event
    const body = JSON.stringify(event)
    const known = bodies.get(id)
    if (known !== undefined) {
      duplicates++
      if (known !== body) different.push(id)
      continue
    }
    bodies.set(id, body)
    const job = getJobKey(event)
    const previous = last.get(job)
    last.set(job, event)
    // The first event of a job is `appeared`. A job that had ended before the first poll has only the event `ended`.
    const isFirst =
      type === 'jobscope.job.appeared' || (type === 'jobscope.job.ended' && data.previousRawState === undefined)
    const follows = previous
      ? !isFirst && data.previousRawState === previous.data.rawState && getNumber(id) > getNumber(previous.id)
      : isFirst
    if (!follows) broken.push(`${source} ${subject}: ${previous?.id} ${previous?.type}, then ${id} ${type}`)
    if (type === 'jobscope.job.ended') ends.set(job, (ends.get(job) ?? 0) + 1)
  }
  const lost = [...expected].filter(job => ends.get(job) !== 1)
  return { events: bodies.size, duplicates, lost, different, broken }
}

/** Replaces each list of errors by its length. */
export const countErrors = <T extends EventReport>({ lost, different, broken, ...report }: T) => ({
  ...report,
  lost: lost.length,
  different: different.length,
  broken: broken.length,
})

export const getJobKey = ({ source, subject }: Pick<WatcherEvent, 'source' | 'subject'>): string =>
  `${source} ${subject}`
