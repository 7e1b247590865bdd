import { readFirstText, readPointer } from '../internal/pointer.ts'
import type { Job } from './job.ts'
import type { JobKind } from './job-kind.ts'
import { getJobState } from './states.ts'

/**
 * Reads a job from the item that its `get` or `list` operation returned.
 *
 * @param kind an entry of the service's `jobs` table
 * @param item the job in the body, at `kind.get.at`
 * @example
 * import { createDliClient, jobs } from '@jobscope/dli'
 * const { state } = readJob(jobs.batch, await dli.getBatch({ batch_id }))
 */
export function readJob(kind: JobKind, item: unknown): Job {
  const { fields } = kind
  const readText = (pointer: string | undefined) => readFirstText(item, [pointer])
  const readDate = (pointer: string | undefined) => toDate(readPointer(item, pointer))
  const rawState = readText(fields.state) ?? ''
  const startedAt = readDate(fields.startedAt)
  const finishedAt = readDate(fields.finishedAt)
  const duration = readPointer(item, fields.duration)
  const key = Object.entries(kind.key).map(([parameter, pointer]) => [parameter, readText(pointer) ?? ''])
  return {
    key: Object.fromEntries(key.filter(([, value]) => value)),
    name: readText(fields.name),
    state: getJobState(kind, rawState),
    rawState,
    createdAt: readDate(fields.createdAt),
    startedAt,
    updatedAt: readDate(fields.updatedAt),
    finishedAt,
    duration: typeof duration === 'number' ? duration : getTimeBetween(startedAt, finishedAt),
    owner: readText(fields.owner),
    reason: joinLines(readPointer(item, fields.reason)),
  }
}

/** The latest time that a Date can represent, in epoch milliseconds. */
const maxTime = 8.64e15

/** Services send 0, a negative number or null for the time of an event that has not happened yet. */
const toDate = (ms: unknown) => (typeof ms === 'number' && ms > 0 && ms <= maxTime ? new Date(ms) : undefined)

const getTimeBetween = (start: Date | undefined, end: Date | undefined) =>
  start && end && end.getTime() - start.getTime()

/** Joins a list of lines. A single text counts as one line. Objects are ignored. */
const joinLines = (value: unknown) =>
  [value]
    .flat()
    .filter(line => typeof line !== 'object')
    .join('\n')
    .trim() || undefined
