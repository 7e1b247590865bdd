import { readFirstText, readPointer } from '../internal/pointer.ts'
import type { JobKind, JobState, JobStateRule } from './job-kind.ts'

/** A job of any kind, read by its kind's entry in the spec. */
export interface Job {
  /** What identifies it: the path parameters of its `get` operation, in order. One that the item lacks is absent. */
  readonly key: { readonly [parameter: string]: string }
  /** Name, where the kind has one and it is not empty. */
  readonly name: string | undefined
  readonly state: JobState
  /** The state as the service sent it. */
  readonly rawState: string
  readonly createdAt: Date | undefined
  readonly startedAt: Date | undefined
  readonly updatedAt: Date | undefined
  readonly finishedAt: Date | undefined
  /** What the service says about the state. */
  readonly reason: string | undefined
}

/**
 * Reads a job out of the item that its `get` or `list` operation returned.
 *
 * @param kind an entry of the service's `jobs` table
 * @param item the job in the body, at `kind.get.at`
 * @example
 * import { createDliClient, jobs } from '@jobscope/dli'
 * const { state } = readJob(jobs.batch, await dli.getBatch({ batch_id }))
 */
export function readJob(kind: JobKind, item: unknown): Job {
  const { fields } = kind
  const text = (pointer: string | undefined) => readFirstText(item, [pointer])
  const date = (pointer: string | undefined) => {
    const ms = readPointer(item, pointer)
    // Zero, negative and null stand for a time that has not come.
    return typeof ms === 'number' && ms > 0 ? new Date(ms) : undefined
  }
  const rawState = text(fields.state) ?? ''
  const key: Record<string, string> = {}
  for (const [parameter, pointer] of Object.entries(kind.key)) {
    const value = text(pointer)
    if (value) key[parameter] = value
  }
  return {
    key,
    name: text(fields.name),
    state: getJobState(kind, rawState),
    rawState,
    createdAt: date(fields.createdAt),
    startedAt: date(fields.startedAt),
    updatedAt: date(fields.updatedAt),
    finishedAt: date(fields.finishedAt),
    reason: reasonOf(readPointer(item, fields.reason)),
  }
}

/**
 * The state that a service's own state maps to: by its exact spelling, else ignoring case. One that nobody documented is
 * `unknown`, which is not terminal.
 */
export const getJobState = (kind: JobKind, raw: string): JobState => getStateRule(kind, raw).is

/** All that the spec says of a state; see `getJobState`. */
export function getStateRule({ states }: JobKind, raw: string): JobStateRule {
  const known = Object.keys(states)
  const wire = known.find(wire => wire === raw) ?? known.find(wire => wire.toLowerCase() === raw.toLowerCase())
  const rule = states[wire ?? ''] ?? 'unknown'
  return typeof rule === 'object' ? rule : { is: rule }
}

/** A text, or a list of lines. */
const reasonOf = (value: unknown) => [value].flat().join('\n').trim() || undefined
