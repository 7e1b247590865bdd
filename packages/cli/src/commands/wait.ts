import { type Duration, isFailure, isWaitTimeoutError, type JobKind, type WaitTimeoutError } from '@jobscope/core'
import { systemClock, toMilliseconds } from '@jobscope/core/internal'
import { type Clients, type Jobs, JobsFailedError, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { reportError, toFailure } from '../failure.ts'
import { type AnnounceFlags, type Announcer, createAnnouncer } from '../jobs/announce-jobs.ts'
import { cancelOpenJobs } from '../jobs/cancel-open-jobs.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { type Deadline, limitTerminal, startDeadline } from '../jobs/deadline.ts'
import { findJobRules } from '../jobs/find-job-rules.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { followLogs } from '../jobs/follow-logs.ts'
import { formatFollowUpCommand } from '../jobs/follow-up-command.ts'
import { formatJobDuration } from '../jobs/format-jobs.ts'
import { hasEnded } from '../jobs/has-ended.ts'
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
 * How long to wait for responses after the cancellation of jobs was requested because of `--cancel-on-timeout`. The help of the command
 * names this time.
 */
const timeoutCancellationTime = '30s'
/** How long to read the rest of the logs after the jobs have ended. The help of the command names this time. */
const logRestTime = '60s'
/** How long announcements may continue after `--timeout`. The help of the command names this time. */
const announcementTime = '30s'
/** The time for the cancellation of jobs after Ctrl-C. It is short, because the user expects the command to end. */
const interruptCancellationTime = '3s'

/**
 * `jobscope wait`: waits until jobs have ended. `--timeout` limits the whole command, including the search for the jobs.
 *
 * @returns the exit code: `failure` if a job failed or was canceled, `timeout` if the wait reached `--timeout`
 */
export async function wait(texts: readonly string[], flags: WaitFlags, terminal: Terminal): Promise<number> {
  const deadline = startDeadline(flags.timeout)
  const announcer = createAnnouncer(flags, terminal)
  const limited = limitTerminal(terminal, deadline)
  /** The references that were found before the deadline. */
  const found: string[] = []
  let jobs: Jobs<Clients> | undefined
  try {
    const connection = await connect(flags, limited)
    jobs = connectJobs(connection, { needed: await findServicesOfRefs(texts), hooks: announcer.waitHooks })
    const resolveRef = createRefResolver(jobs, limited)
    const resolveAndKeep = async (text: string) => {
      const ref = await resolveRef(text)
      found.push(ref)
      return ref
    }
    const refs = await Promise.all(texts.map(resolveAndKeep))
    return await waitForRefs(refs, flags, jobs, terminal, { announcer, deadline })
  } catch (error) {
    if (terminal.signal.aborted || !deadline.signal.aborted || error !== deadline.signal.reason) throw error
    return await reportSearchTimeout(found, flags, jobs, terminal)
  } finally {
    deadline.clear()
  }
}

/** Reports that the deadline passed before all jobs were found. Returns the exit code. */
async function reportSearchTimeout(
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

export interface WaitForRefsOptions {
  /** Announces the jobs that end. The `waitHooks` of the announcer must be the hooks of `jobs`. */
  readonly announcer?: Announcer
  /** The time limit of the command. @default starts with the wait */
  readonly deadline?: Deadline | undefined
  /** Jobs that this process has canceled. If the service reports such a job as failed, the job counts as canceled and not as a failure. */
  readonly canceledRefs?: ReadonlySet<string>
}

/** Waits for jobs and prints their state changes. All commands that wait for jobs call this function. Returns the exit code. */
export async function waitForRefs(
  refs: readonly string[],
  flags: WaitFlags,
  jobs: Jobs<Clients>,
  terminal: Terminal,
  options: WaitForRefsOptions = {},
): Promise<number> {
  const deadline = options.deadline ?? startDeadline(flags.timeout)
  try {
    return await waitUntilDeadline(refs, flags, jobs, terminal, { ...options, deadline })
  } finally {
    deadline.clear()
  }
}

async function waitUntilDeadline(
  refs: readonly string[],
  flags: WaitFlags,
  jobs: Jobs<Clients>,
  terminal: Terminal,
  { announcer, deadline, canceledRefs = new Set() }: WaitForRefsOptions & { readonly deadline: Deadline },
): Promise<number> {
  const { interval, failFast } = flags
  const { signal, clock = systemClock } = terminal
  const output = await createOutput(flags, terminal)
  const seen: SeenJobs = new Map()
  const onChange = (read: ServiceJob) => {
    const job = read.state === 'failed' && canceledRefs.has(read.ref) ? { ...read, state: 'canceled' as const } : read
    seen.set(job.ref, { job, foundAt: clock.now() })
    if (output.isText) terminal.note(formatChange(job, terminal))
  }
  const intervals = interval && { interval, maxInterval: interval }
  const options = { timeout: deadline.timeLeft(), signal, onChange, ...intervals, ...(failFast && { failFast }) }
  const stopFollowing = new AbortController()
  const followSignal = AbortSignal.any([signal, stopFollowing.signal, deadline.signal])
  const following = flags.follow
    ? followLogs(refs, jobs, { signal: followSignal, ...intervals }, terminal)
    : Promise.resolve([])
  /** Prints the rest of the logs. The last lines often say why a job failed. */
  const finishLogs = async () => {
    // A log is polled once per interval, so its rest may be read only after one more interval.
    const pause = interval === undefined ? 0 : toMilliseconds(interval, 'interval')
    const limit = startDeadline(toMilliseconds(logRestTime, 'timeout') + pause)
    limit.signal.addEventListener('abort', () => stopFollowing.abort())
    const unfinished = await following
    limit.clear()
    if (signal.aborted) return
    for (const ref of unfinished) {
      const command = formatFollowUpCommand('logs', [ref], flags)
      terminal.note(terminal.paint('dim', `The log of ${ref} was not read to its end. To read it, run: ${command}`))
    }
  }
  let exitCode: number = exitCodes.success.code
  try {
    await (flags.any ? jobs.wait(refs, { ...options, mode: 'any' }) : jobs.wait(refs, options))
    await finishLogs()
  } catch (error) {
    if (signal.aborted) throw await interrupt(refs, seen, flags, jobs, clock.now())
    // The logs are printed before the failure is reported.
    const isFailedJob = toFailure(error).exitCode === exitCodes.failure.code
    if (isFailedJob && !flags.any && !failFast) await finishLogs()
    else stopFollowing.abort()
    await following
    const failedJobs = [...seen.values()].map(({ job }) => job).filter(({ state }) => isFailure(state))
    if (isFailedJob && failedJobs.length > 0) {
      const unexpected = failedJobs.filter(({ ref, state }) => state !== 'canceled' || !canceledRefs.has(ref))
      if (unexpected.length > 0) exitCode = exitCodes.failure.code
      const canceled = new Set(getCanceledRefs(error))
      for (const job of unexpected) {
        reportFailedJob(canceled.has(job.ref) ? { ...job, state: 'canceled' } : job, jobs, flags, terminal)
      }
    } else if (isWaitTimeoutError(error)) exitCode = await reportTimeout(error, seen, flags, jobs, terminal)
    else exitCode = reportError(error, terminal)
  } finally {
    stopFollowing.abort()
  }
  if (!output.isText) {
    for (const { job } of seen.values()) await output.write(toPlainJob(job))
  }
  await announcer?.finish(deadline.timeLeft() + toMilliseconds(announcementTime, 'timeout'))
  signal.throwIfAborted()
  return exitCode
}

/** The jobs that a wait has read, by reference. `foundAt` is the time of the poll that first found the job in its state, in epoch ms. */
type SeenJobs = Map<string, { readonly job: ServiceJob; readonly foundAt: number }>

/** Reports a timeout, and cancels the jobs that have not ended if `--cancel-on-timeout` is set. Returns the exit code. */
async function reportTimeout(
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
    `Interrupted. ${jobsContinue} To resume, run: ${formatFollowUpCommand('wait', open, flags)}`,
  )
}
