import { type Duration, isFailure, isTerminal, type JobKind } from '@jobscope/core'
import { type Clients, type Jobs, JobsFailedError, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { reportError, toFailure } from '../failure.ts'
import { type AnnounceFlags, createAnnouncer } from '../jobs/announce-jobs.ts'
import { cancelOpenJobs } from '../jobs/cancel-open-jobs.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { findJobRules } from '../jobs/find-job-rules.ts'
import { followLogs } from '../jobs/follow-logs.ts'
import { formatFollowUpCommand } from '../jobs/follow-up-command.ts'
import { formatJobDuration } from '../jobs/format-jobs.ts'
import { getMeaningfulReason } from '../jobs/job-reason.ts'
import { toPlainJob } from '../jobs/plain-job.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import { formatState, getStateStyle } from '../terminal/job-state.ts'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface WaitFlags extends ConnectionFlags, OutputFlags, AnnounceFlags {
  readonly any?: boolean
  readonly timeout: Duration
  readonly interval?: Duration
  /** Prints the logs of the jobs while they run. */
  readonly follow?: boolean
  readonly failFast?: boolean
  readonly cancelOnTimeout?: boolean
  readonly cancelOnInterrupt?: boolean
}

/**
 * `jobscope wait`: waits until jobs have ended.
 *
 * @returns the exit code: `failure` if a job failed or was canceled, `timeout` if the wait reached `--timeout`
 */
export async function wait(texts: readonly string[], flags: WaitFlags, terminal: Terminal): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal))
  const refs = await Promise.all(texts.map(createRefResolver(jobs, terminal)))
  return waitForRefs(refs, flags, jobs, terminal)
}

/**
 * Waits for jobs and prints their state changes. All commands that wait for jobs call this function. Returns the exit code.
 *
 * @param canceledRefs jobs that this process has canceled. If the service reports such a job as failed, the job counts as canceled and
 *   not as a failure
 */
export async function waitForRefs(
  refs: readonly string[],
  flags: WaitFlags,
  jobs: Jobs<Clients>,
  terminal: Terminal,
  canceledRefs: ReadonlySet<string> = new Set(),
): Promise<number> {
  const { timeout, interval, failFast, cancelOnTimeout } = flags
  const { signal } = terminal
  const output = await createOutput(flags, terminal)
  const announcer = createAnnouncer(flags, terminal)
  const seen = new Map<string, ServiceJob>()
  const onChange = (read: ServiceJob) => {
    const job = read.state === 'failed' && canceledRefs.has(read.ref) ? { ...read, state: 'canceled' as const } : read
    seen.set(job.ref, job)
    if (output.isText) terminal.note(formatChange(job, terminal))
    if (isTerminal(job.state)) announcer.announce(job)
  }
  const intervals = interval && { interval, maxInterval: interval }
  const options = {
    timeout,
    signal,
    onChange,
    ...intervals,
    ...(failFast && { failFast }),
    ...(cancelOnTimeout && { cancelOnTimeout }),
  }
  const stopFollowing = new AbortController()
  const following = flags.follow
    ? followLogs(refs, jobs, { signal: AbortSignal.any([signal, stopFollowing.signal]), ...intervals }, terminal)
    : undefined
  let exitCode: number = exitCodes.success.code
  try {
    await (flags.any ? jobs.wait(refs, { ...options, mode: 'any' }) : jobs.wait(refs, options))
    await following
  } catch (error) {
    if (signal.aborted) throw await interrupt(refs, seen, flags, jobs)
    // The last lines of a log say why a job failed. So the logs are printed to their end before the failure is reported.
    const isFailedJob = toFailure(error).exitCode === exitCodes.failure.code
    if (!isFailedJob || flags.any || failFast) stopFollowing.abort()
    await following
    const failedJobs = [...seen.values()].filter(({ state }) => isFailure(state))
    if (isFailedJob && failedJobs.length > 0) {
      const unexpected = failedJobs.filter(({ ref, state }) => state !== 'canceled' || !canceledRefs.has(ref))
      if (unexpected.length > 0) exitCode = exitCodes.failure.code
      const canceled = new Set(getCanceledRefs(error))
      for (const job of unexpected) {
        reportFailedJob(canceled.has(job.ref) ? { ...job, state: 'canceled' } : job, jobs, flags, terminal)
      }
    } else exitCode = reportError(error, terminal)
  } finally {
    stopFollowing.abort()
  }
  await announcer.finish()
  if (!output.isText) {
    for (const job of seen.values()) await output.write(toPlainJob(job))
  }
  return exitCode
}

/** The jobs that this process has canceled. The service may report a canceled job as failed. */
const getCanceledRefs = (error: unknown): readonly string[] =>
  error instanceof JobsFailedError ? error.jobs.filter(({ state }) => state === 'canceled').map(({ ref }) => ref) : []

function formatChange(job: ServiceJob, { paint, now }: Terminal): string {
  const state = paint(getStateStyle(job.state), formatState(job.state).padEnd(11))
  const duration = formatJobDuration(job, now())
  return `${state}  ${job.ref}${duration ? paint('dim', `  ${duration}`) : ''}`
}

/** Maximum number of lines of the reason to print. The log has all lines. */
const maxReasonLines = 5

/** Prints why a job did not succeed, and the command that prints its log. */
function reportFailedJob(
  job: ServiceJob,
  jobs: Jobs<Clients>,
  flags: ConnectionFlags,
  { note, paint }: Terminal,
): void {
  const { ref, state, rawState } = job
  const verb = state === 'canceled' ? 'was canceled' : 'failed'
  const rawText = isSameState(job) ? '' : ` (raw state: ${toOneLine(rawState)})`
  note(`${paint('red', 'jobscope:')} ${ref} ${verb}${rawText}.`)
  const reason = getMeaningfulReason(job)
  const lines = reason === undefined ? [] : removeControlCharacters(reason).split('\n')
  if (lines.length > 0) note(lines.length > maxReasonLines ? '  Last lines of the reason:' : '  Reason:')
  for (const line of lines.slice(-maxReasonLines)) note(`    ${line}`)
  const rules = findJobRules(jobs, job)
  if (rules && state === 'failed' && !hasCanceledState(rules))
    note('  The job may have been canceled: canceled jobs of this kind have the same state.')
  if (rules?.logs) note(`  Log: ${formatFollowUpCommand('logs', [ref], flags)}`)
}

/** Whether the service and `jobscope` use the same name for the state. */
const isSameState = ({ state, rawState }: ServiceJob): boolean => state === rawState.toLowerCase()

/** Returns true if canceled jobs and failed jobs have different states, or if jobs of the kind cannot be canceled. */
const hasCanceledState = ({ cancel, states }: JobKind): boolean =>
  !cancel || Object.values(states).some(rule => (typeof rule === 'object' ? rule.is : rule) === 'canceled')

/**
 * Cancels the jobs after Ctrl-C if `--cancel-on-interrupt` is set. Returns an error whose message says what happens to the jobs,
 * and how to continue.
 */
async function interrupt(
  refs: readonly string[],
  seen: ReadonlyMap<string, ServiceJob>,
  flags: WaitFlags,
  jobs: Jobs<Clients>,
): Promise<InterruptedError> {
  const unfinished = refs.filter(ref => !isTerminal(seen.get(ref)?.state ?? 'unknown'))
  // An interrupted wait has at least one open job. If all states are terminal, the open jobs are those that have not succeeded, because
  // they may still recover.
  const open = unfinished.length > 0 ? unfinished : refs.filter(ref => seen.get(ref)?.state !== 'succeeded')
  if (flags.cancelOnInterrupt) return new InterruptedError(`Interrupted. ${await cancelOpenJobs(jobs, open)}`)
  const jobsContinue = open.length === 1 ? 'The job continues.' : `${open.length} jobs continue.`
  return new InterruptedError(
    `Interrupted. ${jobsContinue} To resume, run: ${formatFollowUpCommand('wait', open, flags)}`,
  )
}
