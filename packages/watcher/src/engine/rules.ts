import type { Duration, JobState } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import { isKindSelected } from './kind-selector.ts'

/**
 * A condition that causes an additional event. A rule of the type `missing` is checked once a day. All other rules cause at most one event
 * per job.
 */
export type Rule = JobRule | MissingJobRule

/**
 * A rule that is checked every day at the time `by`. It causes an event if no job with a matching name has been created on this day. The
 * rule must apply to exactly one kind of job. It is checked separately for each account, project and region.
 */
export interface MissingJobRule {
  readonly type: 'missing'
  /** Identifies the rule in events. @default its type */
  readonly name?: string | undefined
  /** A part of the name of the job, ignoring case. */
  readonly matchName: string
  /** The time of day, for example `06:30`. */
  readonly by: string
  /** @default 'UTC' */
  readonly timeZone?: string | undefined
  /** The names of accounts. @default all */
  readonly accounts?: readonly string[] | undefined
  /** @default all */
  readonly services?: readonly string[] | undefined
  /** @default all */
  readonly kinds?: readonly string[] | undefined
}

export interface JobRule {
  /**
   * - `failed`, `canceled`: the job ended in this state.
   * - `longer-than`: the job has been running for longer than `after`, or it has ended and ran for longer than `after`.
   * - `stuck`: the job has been in the same non-terminal state for longer than `after`.
   * - `queued-too-long`: the job has been waiting to run for longer than `after`. If the job has run before, the time since then counts.
   */
  readonly type: 'failed' | 'canceled' | 'longer-than' | 'stuck' | 'queued-too-long'
  /** Identifies the rule in events. @default its type */
  readonly name?: string | undefined
  /** Required for `longer-than`, `stuck` and `queued-too-long`. */
  readonly after?: Duration | undefined
  /** Limits the rule to jobs whose name contains this text, ignoring case. @default all jobs */
  readonly matchName?: string | undefined
  /** The names of accounts. @default all */
  readonly accounts?: readonly string[] | undefined
  /** @default all */
  readonly services?: readonly string[] | undefined
  /** @default all */
  readonly kinds?: readonly string[] | undefined
}

/** The properties of a job that rules depend on. Times are epoch ms. */
export interface RuleSubject {
  readonly name: string | undefined
  readonly state: JobState
  readonly startedAt: number | undefined
  /** Undefined also if the job was started again after its end. */
  readonly createdAt: number | undefined
  readonly stateEnteredAt: number
  /** The run time in ms, if the job has ended. */
  readonly duration?: number | undefined
}

export const getRuleName = ({ name, type }: Rule): string => name ?? type

/** Returns whether a rule applies to the jobs of a shard. */
export const appliesToShard = (
  { accounts, services, kinds }: Rule,
  shard: { readonly account: string; readonly service: string; readonly kind: string },
): boolean =>
  (accounts?.includes(shard.account) ?? true) &&
  (services?.includes(shard.service) ?? true) &&
  isKindSelected(shard, kinds)

const isWaiting = (state: JobState): boolean => state === 'queued' || state === 'starting'

/** A job that has run before and waits again, for example after a failure, has waited only since it entered its current state. */
const getWaitStart = ({ startedAt, createdAt, stateEnteredAt }: RuleSubject): number =>
  startedAt === undefined ? (createdAt ?? stateEnteredAt) : stateEnteredAt

/** Returns whether a job meets the condition of a rule. */
export function isMet(rule: JobRule, job: RuleSubject, now: number): boolean {
  const { type, matchName, after } = rule
  if (matchName !== undefined && !job.name?.toLowerCase().includes(matchName.toLowerCase())) return false
  const limit = toMilliseconds(after ?? 0, 'after', true)
  switch (type) {
    case 'failed':
    case 'canceled':
      return job.state === type
    case 'longer-than': {
      const startedAt = job.startedAt ?? (job.state === 'running' ? job.stateEnteredAt : undefined)
      const time = job.duration ?? (job.state === 'running' && startedAt !== undefined ? now - startedAt : 0)
      return time > limit
    }
    case 'stuck':
      return now - job.stateEnteredAt > limit && !['succeeded', 'failed', 'canceled'].includes(job.state)
    case 'queued-too-long':
      return isWaiting(job.state) && now - getWaitStart(job) > limit
  }
}
