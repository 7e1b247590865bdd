import { maxClockSkewMs } from '../generated/gateway-limits.gen.ts'
import type { Job } from './job.ts'
import type { JobKind, JobState, JobStateRule } from './job-kind.ts'

/** Returns whether a job in this state has finished: it succeeded, failed or was canceled. */
export const isTerminal = (state: JobState): boolean => state === 'succeeded' || isFailure(state)

/** Returns whether a job in this state has finished without success: it failed or was canceled. */
export const isFailure = (state: JobState): boolean => state === 'failed' || state === 'canceled'

/**
 * Maps a state of the service to one of the eight states. An exact match takes precedence over a match that ignores case. A state that is
 * not documented maps to `unknown`, which is not terminal.
 */
export const getJobState = (kind: JobKind, rawState: string): JobState => getStateRule(kind, rawState).is

/** Returns the spec's rule for a state of the service. `getJobState` describes how states are matched. */
export function getStateRule({ states }: JobKind, rawState: string): JobStateRule {
  const names = Object.keys(states)
  const ignoringCase = (name: string) => name.toLowerCase() === rawState.toLowerCase()
  const name = names.find(name => name === rawState) ?? names.find(ignoringCase) ?? ''
  const rule = states[name] ?? 'unknown'
  return typeof rule === 'object' ? rule : { is: rule }
}

/**
 * Returns the time when a job entered its state, in epoch milliseconds. It is the time of the service, in the field that `settleFrom` names.
 * If a later response for the same state contains a later time, the job has left the state and entered it again in the meantime.
 */
export const getStateTime = ({ settleFrom }: JobStateRule, job: Job): number | undefined =>
  settleFrom && job[settleFrom]?.getTime()

/**
 * Returns how many more milliseconds a state must last before it is final. Returns zero or less if the state is already final.
 *
 * @param foundAt when a poll first found the job in this state, in epoch milliseconds
 * @param now the current time, in epoch milliseconds
 */
export function computeSettleDelay(rule: JobStateRule, job: Job, foundAt: number, now: number): number {
  const { settle = 0 } = rule
  const changedAt = getStateTime(rule, job)
  // The clocks of the service and of this machine may differ by `maxClockSkewMs`. The state began at the latest when a poll found it.
  const enteredAt = Math.min(foundAt, (changedAt ?? foundAt) + maxClockSkewMs)
  return enteredAt + settle * 1000 - now
}

/**
 * Returns whether a job has ended for good: it is in a terminal state, and it can no longer leave this state. For some kinds, a job that
 * failed can recover for the time that the spec declares as `settle`.
 *
 * @param now the current time, or another time to check, in epoch milliseconds
 * @param foundAt when a poll first found the job in this state, in epoch milliseconds. Callers that have read the job only once omit it. If
 *   the job does not contain the time when it entered the state either (`settleFrom`), the job then counts as ended.
 */
export function hasEndedForGood(kind: JobKind, job: Job, now: number, foundAt?: number): boolean {
  const rule = getStateRule(kind, job.rawState)
  const firstFoundAt = foundAt ?? (rule.settleFrom ? now : Number.NEGATIVE_INFINITY)
  return isTerminal(job.state) && computeSettleDelay(rule, job, firstFoundAt, now) <= 0
}
