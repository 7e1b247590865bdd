import { isTerminal } from '@jobscope/core'
import type { JobEvent, ServiceJob } from '@jobscope/jobs'
import type { HistoryEntry, NewEvent, StoredEvent } from '../store/store.ts'

/** An event of a watcher, in the format of CloudEvents 1.0. */
export interface WatcherEvent {
  readonly specversion: '1.0'
  /** Consists of the shard and the number of the event. The ID stays the same if the event is delivered again. */
  readonly id: string
  /** The shard, as a relative URI: `/jobscope/<account>/<project>/<region>/<service>/<kind>`. */
  readonly source: string
  /** For example `jobscope.job.ended`, or `jobscope.rule.stuck`. */
  readonly type: string
  /** The reference of the job. Absent in events that are not about one job, such as `jobscope.rule.missing`. */
  readonly subject?: string
  /** When the watcher detected the event, as ISO 8601. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: WatcherEventData
}

/**
 * What happened to a job. Times are ISO 8601. The event never contains the raw job that the service sent, because this job can
 * contain secrets.
 */
export interface WatcherEventData {
  readonly ref?: string
  readonly name?: string
  readonly owner?: string
  readonly state?: string
  readonly rawState?: string
  readonly previousState?: string
  readonly previousRawState?: string
  readonly reason?: string
  readonly createdAt?: string
  readonly startedAt?: string
  readonly finishedAt?: string
  /** The run time in ms. Absent if the service sends no start time and no poll returned the job as running. */
  readonly duration?: number
  /** The name of the rule. Only in events of rules. */
  readonly rule?: string
  /** The day without a job, for example `2026-11-29`. Only in events of rules of the type `missing`. */
  readonly day?: string
}

/** Selects the fields of a job that events contain. */
function describeJob(job: ServiceJob, runningSince: number | undefined): WatcherEventData {
  const { ref, name, owner, state, rawState, reason, createdAt, startedAt, finishedAt } = job
  const duration = getDuration(job, runningSince)
  return {
    ref,
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { owner }),
    state,
    rawState,
    ...(reason !== undefined && { reason }),
    ...(createdAt && { createdAt: createdAt.toISOString() }),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
    ...(duration !== undefined && { duration }),
  }
}

/**
 * Returns the run time of a job that has ended, in ms. The time from the creation of a job to its end is not a run time, because a job can
 * end without having run. So the result is undefined if the start of the job is unknown.
 *
 * @param runningSince the time of the first poll that returned the job as running. Used if the service does not send the start time
 */
export function getDuration(
  { state, duration, startedAt, finishedAt, updatedAt }: ServiceJob,
  runningSince: number | undefined,
): number | undefined {
  if (!isTerminal(state)) return undefined
  const begin = startedAt?.getTime() ?? runningSince
  const end = (finishedAt ?? updatedAt)?.getTime()
  return duration ?? (begin !== undefined && end !== undefined ? Math.max(0, end - begin) : undefined)
}

/** Converts an event of `pollOnce`. Returns undefined for an error, because an error is not an event of a job. */
export function toNewEvent(event: JobEvent, time: number, runningSince: number | undefined): NewEvent | undefined {
  if (event.type === 'error') return undefined
  const previous = event.type === 'appeared' ? undefined : event.previous
  const data = {
    ...(event.type === 'gone' ? { ref: event.ref } : describeJob(event.job, runningSince)),
    ...(previous && { previousState: previous.state, previousRawState: previous.rawState }),
  }
  return { ref: event.type === 'gone' ? event.ref : event.job.ref, type: event.type, time, data }
}

export function toHistoryEntry(job: ServiceJob, now: number, runningSince: number | undefined): HistoryEntry {
  const duration = getDuration(job, runningSince)
  return {
    ref: job.ref,
    name: job.name,
    state: job.state,
    reason: job.reason,
    endedAt: (job.finishedAt ?? job.updatedAt)?.getTime() ?? now,
    // The database stores durations as integers. With a larger number, it would store no result of the run.
    duration: Number.isSafeInteger(Math.round(duration ?? Number.NaN)) ? duration : undefined,
  }
}

/** Formats a stored event as a CloudEvent. */
export const toWatcherEvent = ({ shard, seq, type, ref, time, data }: StoredEvent): WatcherEvent => ({
  specversion: '1.0',
  id: `${shard}#${seq}`,
  source: `/jobscope/${shard}`,
  type: type.startsWith('rule.') ? `jobscope.${type}` : `jobscope.job.${type}`,
  ...(ref && { subject: ref }),
  time: new Date(time).toISOString(),
  datacontenttype: 'application/json',
  data,
})
