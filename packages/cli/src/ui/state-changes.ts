import { isTerminal, type JobState } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import type { StateChange } from './protocol.ts'

/** A state that this process has observed. */
export interface ObservedState {
  readonly state: JobState
  readonly rawState: string
  /** In epoch ms. */
  readonly at: number
}

/**
 * Returns the states that a job had, in the order of their times. If the service does not send the time of a state, the function
 * computes it from the run time of the job, or uses what this process has observed.
 *
 * @param readAt when the job was read, in epoch ms
 * @param observed the state changes since this process started
 */
export function getStateChanges(
  job: ServiceJob,
  readAt: number,
  observed: readonly ObservedState[] = [],
): StateChange[] {
  const { state, rawState } = job
  const end = isTerminal(state) ? findEnd(job, observed) : undefined
  const start = findStart(job, readAt, end?.at)
  const createdAt = job.createdAt?.getTime()
  const current = { state, rawState }
  const changes: StateChange[] = []
  if (createdAt !== undefined) {
    const isFirstState = start === undefined && (state === 'queued' || state === 'starting')
    changes.push({ ...(isFirstState ? current : { state: 'queued' as const }), at: createdAt, source: 'service' })
  }
  if (start !== undefined)
    changes.push({ ...(state === 'running' ? current : { state: 'running' as const }), ...start })
  if (end !== undefined) changes.push({ ...current, ...end })
  for (const each of observed) {
    if (!changes.some(change => change.state === each.state)) changes.push({ ...each, source: 'observed' })
  }
  const hasCurrentState = changes.some(change => change.state === state)
  const time = job.updatedAt?.getTime()
  if (!hasCurrentState && time !== undefined) changes.push({ ...current, at: time, source: 'service' })
  // A service can send a time that is not valid.
  return changes.filter(({ at }) => !Number.isNaN(at)).sort((a, b) => a.at - b.at)
}

type Time = Pick<StateChange, 'at' | 'source'>

function findEnd(
  { finishedAt, startedAt, duration, updatedAt, state }: ServiceJob,
  observed: readonly ObservedState[],
) {
  if (finishedAt) return fromService(finishedAt.getTime())
  if (startedAt && duration) return fromDuration(startedAt.getTime() + duration)
  if (updatedAt) return fromService(updatedAt.getTime())
  const seen = observed.find(each => each.state === state)
  return seen && { at: seen.at, source: 'observed' as const }
}

/** Services report a duration of 0 for a job that has not started. */
function findStart(job: ServiceJob, readAt: number, end: number | undefined): Time | undefined {
  const { startedAt, createdAt, duration, state } = job
  if (startedAt) return fromService(startedAt.getTime())
  const until = end ?? (state === 'running' ? readAt : undefined)
  if (!duration || until === undefined) return undefined
  return fromDuration(Math.max(until - duration, createdAt?.getTime() ?? 0))
}

const fromService = (at: number): Time => ({ at, source: 'service' })
const fromDuration = (at: number): Time => ({ at, source: 'duration' })
