import { isFailure, type JobKind, type JobState, type WaitTimeoutError } from '@jobscope/core'
import { getStateRule } from '@jobscope/core/internal'
import type { Clients, Jobs, ServiceJob } from '@jobscope/jobs'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { toFailure } from '../failure.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import { formatState, getStateStyle } from '../terminal/job-state.ts'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cancelOpenJobs } from './cancel-open-jobs.ts'
import { findJobRules } from './find-job-rules.ts'
import { formatFollowUpCommand, formatResumeCommand } from './follow-up-command.ts'
import { formatJobDuration } from './format-jobs.ts'
import { hasEnded } from './has-ended.ts'
import { getMeaningfulReason } from './job-reason.ts'
import type { WaitFlags } from './wait-flags.ts'

/** The jobs that a wait has read, by reference. `foundAt` is the time of the poll that first found the job in its state, in epoch ms. */
export type SeenJobs = Map<string, { readonly job: ServiceJob; readonly foundAt: number }>

/**
 * How long to wait for responses after the cancellation of jobs was requested because of `--cancel-on-timeout`. The help of the command
 * names this time.
 */
const timeoutCancellationTime = '30s'
/** The time for the cancellation of jobs after Ctrl-C. It is short, because the user expects the command to end. */
const interruptCancellationTime = '3s'

/** Formats one line about a job that has a new state. */
export function formatChange(job: ServiceJob, { paint, now }: Terminal): string {
  const state = paint(getStateStyle(job.state), formatState(job.state).padEnd(11))
  const duration = formatJobDuration(job, now())
  return `${state}  ${job.ref}${duration ? paint('dim', `  ${duration}`) : ''}`
}

/** Reports that the deadline passed before all jobs were found. Returns the exit code. */
export async function reportSearchTimeout(
  found: readonly string[],
  { timeout, cancelOnTimeout }: WaitFlags,
  jobs: Jobs<Clients> | undefined,
  { signal, note, paint }: Terminal,
): Promise<number> {
  const problem = `The search for the jobs was not finished after ${timeout}. Use a longer --timeout or complete references (service:kind:id).`
  const canceled =
    jobs && cancelOnTimeout && found.length > 0
      ? await cancelOpenJobs(jobs, found, { timeout: timeoutCancellationTime, signal })
      : undefined
  const consequence = canceled?.text ?? (cancelOnTimeout ? 'No job was canceled.' : '')
  note(`${paint('red', 'jobscope:')} ${[problem, consequence].filter(Boolean).join(' ')}`)
  return exitCodes.timeout.code
}

/** Reports a timeout, and cancels the jobs that have not ended if `--cancel-on-timeout` is set. Returns the exit code. */
export async function reportTimeout(
  error: WaitTimeoutError,
  seen: SeenJobs,
  { timeout, cancelOnTimeout }: WaitFlags,
  jobs: Jobs<Clients>,
  { signal, note, paint }: Terminal,
): Promise<number> {
  const open = error.handle.args['refs'] as readonly string[]
  const [first = ''] = open
  const job = seen.get(first)?.job
  const rawText = job && !isSameState(job) ? ` (${toOneLine(job.rawState)})` : ''
  const problem = job
    ? `job ${first} is still in state ${job.state}${rawText} after ${timeout}`
    : `no poll of job ${first} succeeded within ${timeout}`
  const others = open.length > 1 ? ` Jobs that have not ended: ${open.length}.` : ''
  const print = (consequence: string) => note(`${paint('red', 'jobscope:')} wait: ${problem}.${others} ${consequence}`)
  if (!cancelOnTimeout) {
    print('Unfinished jobs continue.')
    return exitCodes.timeout.code
  }
  const canceled = await cancelOpenJobs(jobs, open, { timeout: timeoutCancellationTime, signal })
  print(canceled.text)
  return canceled.error === undefined ? exitCodes.timeout.code : toFailure(canceled.error).exitCode
}

/** Maximum number of lines of the reason to print. The log has all lines. */
const maxReasonLines = 5

/**
 * Reports each job that failed, was canceled, or is in a state that it does not leave by itself. Returns the exit code.
 *
 * @param all all jobs of the wait. None of them will change its state by itself
 * @param canceledRefs the jobs that this process has canceled. If such a job was canceled, this is not a failure
 */
export function reportFailedJobs(
  all: readonly ServiceJob[],
  canceledRefs: ReadonlySet<string>,
  jobs: Jobs<Clients>,
  flags: ConnectionFlags,
  terminal: Terminal,
): number {
  const failed = all.filter(job => {
    const isExpected = job.state === 'canceled' && canceledRefs.has(job.ref)
    return !isExpected && (isFailure(job.state) || isStable(job, jobs))
  })
  for (const job of failed) reportFailedJob(job, jobs, flags, terminal)
  return failed.length > 0 ? exitCodes.failure.code : exitCodes.success.code
}

/** Whether a job does not leave its state by itself. */
function isStable(job: ServiceJob, jobs: Jobs<Clients>): boolean {
  const rules = findJobRules(jobs, job)
  return rules !== undefined && getStateRule(rules, job.rawState).stable === true
}

/** Prints why a job did not succeed, and the command that prints its log. */
function reportFailedJob(
  job: ServiceJob,
  jobs: Jobs<Clients>,
  flags: ConnectionFlags,
  { note, paint }: Terminal,
): void {
  const { ref, state, rawState } = job
  const problem = describeProblem(state)
  const rawText = isSameState(job) ? '' : ` (raw state: ${toOneLine(rawState)})`
  note(`${paint('red', 'jobscope:')} ${ref} ${problem}${rawText}.`)
  const reason = getMeaningfulReason(job)
  const lines = reason === undefined ? [] : removeControlCharacters(reason).split('\n')
  if (lines.length > 0) note(lines.length > maxReasonLines ? '  Last lines of the reason:' : '  Reason:')
  for (const line of lines.slice(-maxReasonLines)) note(`    ${line}`)
  const rules = findJobRules(jobs, job)
  if (rules && state === 'failed' && !hasCanceledState(rules))
    note('  The job may have been canceled: canceled jobs of this kind have the same state.')
  if (rules?.logs) note(`  Log: ${formatFollowUpCommand('logs', [ref], flags)}`)
}

function describeProblem(state: JobState): string {
  if (state === 'canceled') return 'was canceled'
  return state === 'failed' ? 'failed' : `is in state ${state}, which it does not leave by itself`
}

/** Whether the service and `jobscope` use the same name for the state, or the service sent no state. */
const isSameState = ({ state, rawState }: ServiceJob): boolean => ['', state].includes(rawState.toLowerCase())

/** Returns true if canceled jobs and failed jobs have different states, or if jobs of the kind cannot be canceled. */
const hasCanceledState = ({ cancel, states }: JobKind): boolean =>
  !cancel || Object.values(states).some(rule => (typeof rule === 'object' ? rule.is : rule) === 'canceled')

/**
 * Cancels the jobs after Ctrl-C if `--cancel-on-interrupt` is set. Returns an error whose message says what happens to the jobs,
 * and how to continue.
 */
export async function reportInterruption(
  refs: readonly string[],
  seen: SeenJobs,
  flags: WaitFlags,
  jobs: Jobs<Clients>,
  now: number,
): Promise<InterruptedError> {
  const open = refs.filter(ref => {
    const read = seen.get(ref)
    return read === undefined || !hasEnded(read.job, jobs, now, read.foundAt)
  })
  if (open.length === 0) return new InterruptedError('Interrupted. The jobs have ended.')
  if (flags.cancelOnInterrupt) {
    const { text } = await cancelOpenJobs(jobs, open, { timeout: interruptCancellationTime })
    return new InterruptedError(`Interrupted. ${text}`)
  }
  const jobsContinue = open.length === 1 ? 'The job continues.' : `${open.length} jobs continue.`
  return new InterruptedError(
    `Interrupted. ${jobsContinue} To resume, run: ${formatResumeCommand('wait', open, flags)}`,
  )
}
