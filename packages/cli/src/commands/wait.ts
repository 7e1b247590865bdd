import { isWaitTimeoutError } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'
import { type Clients, isJobsFailedError, type Jobs, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import { exitCodes } from '../exit-codes.ts'
import { reportError } from '../failure.ts'
import { type Announcer, createAnnouncer } from '../jobs/announce-jobs.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { type Deadline, limitTerminal, startDeadline } from '../jobs/deadline.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { toPlainJob } from '../jobs/plain-job.ts'
import {
  formatChange,
  reportFailedJobs,
  reportInterruption,
  reportSearchTimeout,
  reportTimeout,
  type SeenJobs,
} from '../jobs/report-wait.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import type { WaitFlags } from '../jobs/wait-flags.ts'
import { startWaitLogs } from '../jobs/wait-logs.ts'
import { createOutput } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope wait`: waits until jobs have ended, or until they are running. `--timeout` limits the whole command, including the search for
 * the jobs.
 *
 * @returns the exit code: `failure` if a job failed, was canceled, or remains in its state, `timeout` if the wait reached `--timeout`
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
    const resolveRef = createRefResolver(jobs, limited, flags)
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
  const { interval, failFast, until } = flags
  const { signal, clock = systemClock } = terminal
  const output = await createOutput(flags, terminal)
  const seen: SeenJobs = new Map()
  const onChange = (read: ServiceJob) => {
    const job = read.state === 'failed' && canceledRefs.has(read.ref) ? { ...read, state: 'canceled' as const } : read
    seen.set(job.ref, { job, foundAt: clock.now() })
    if (output.isText) terminal.note(formatChange(job, terminal))
  }
  const options = {
    timeout: deadline.timeLeft(),
    signal,
    onChange,
    ...(interval && { interval, maxInterval: interval }),
    ...(failFast && { failFast }),
    ...(until && { until }),
  }
  const logs = startWaitLogs(refs, flags, jobs, deadline, terminal)
  let exitCode: number = exitCodes.success.code
  try {
    await (flags.any ? jobs.wait(refs, { ...options, mode: 'any' }) : jobs.wait(refs, options))
    await logs.finish()
  } catch (error) {
    if (signal.aborted) throw await reportInterruption(refs, seen, flags, jobs, clock.now())
    const haveAllEnded = isJobsFailedError(error) && !flags.any && !failFast
    // The logs are printed before the failure is reported.
    await (haveAllEnded ? logs.finish() : logs.stop())
    if (isJobsFailedError(error)) exitCode = reportFailedJobs(error.jobs, canceledRefs, jobs, flags, terminal)
    else if (isWaitTimeoutError(error)) exitCode = await reportTimeout(error, seen, flags, jobs, terminal)
    else exitCode = reportError(error, terminal)
  } finally {
    await logs.stop()
  }
  if (!output.isText) {
    for (const { job } of seen.values()) await output.write(toPlainJob(job))
  }
  await announcer?.finish(deadline.timeLeft())
  signal.throwIfAborted()
  return exitCode
}
