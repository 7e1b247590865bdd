import type { Duration } from '@jobscope/core'
import type { Job } from '@jobscope/jobs'
import { type ConnectionFlags, connect } from '../connection.ts'
import { exitCode } from '../exit-codes.ts'
import { failureOf } from '../failure.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { ended } from '../jobs/ended.ts'
import { plainJob, took } from '../jobs/format-jobs.ts'
import { resumeCommand } from '../jobs/resume-command.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { stateStyle, stateText } from '../terminal/job-state.ts'
import { oneLine } from '../terminal/sanitize.ts'
import { Interrupted, type Terminal } from '../terminal/terminal.ts'

export interface WaitFlags extends ConnectionFlags, OutputFlags {
  readonly any?: boolean
  readonly timeout: Duration
  readonly interval?: Duration
  readonly cancelOnInterrupt?: boolean
}

/** `jobscope wait`: waits until jobs have ended. The result is the exit code: 1 if one of them failed. */
export async function wait(refs: readonly string[], flags: WaitFlags, terminal: Terminal): Promise<number> {
  const jobs = jobsOf(await connect(flags, terminal))
  const { timeout, interval, cancelOnInterrupt: cancelOnAbort = false } = flags
  const { signal } = terminal
  const format = formatOf(flags)
  const seen = new Map<string, Job>()
  const onChange = (job: Job) => {
    seen.set(job.ref, job)
    if (format === 'text') terminal.note(changeLine(job, terminal))
  }
  const options = { timeout, signal, cancelOnAbort, onChange, ...(interval && { interval, maxInterval: interval }) }
  let code: number = exitCode.done
  try {
    await (flags.any ? jobs.wait(refs, { ...options, until: 'any' }) : jobs.wait(refs, options))
  } catch (error) {
    if (signal.aborted) throw interruption(refs, seen, flags)
    const failure = failureOf(error)
    code = failure.code
    const bad = [...seen.values()].filter(({ state }) => state === 'failed' || state === 'canceled')
    const lines = code === exitCode.failed && bad.length > 0 ? bad.map(badLine) : failure.lines
    for (const line of lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
  }
  if (format !== 'text') for (const job of seen.values()) await emit(plainJob(job), format, terminal)
  return code
}

const changeLine = (job: Job, { paint, now }: Terminal): string => {
  const time = took(job, now())
  return `${paint(stateStyle(job.state), stateText(job.state).padEnd(11))}  ${job.ref}${time ? paint('dim', `  ${time}`) : ''}`
}

const badLine = ({ ref, state, rawState, reason }: Job): string =>
  oneLine(`${ref}: ${state} (${rawState})${reason ? `: ${reason}` : ''}`).slice(0, 500)

/** What Ctrl-C means to the jobs, and how to go on. */
function interruption(refs: readonly string[], seen: ReadonlyMap<string, Job>, flags: WaitFlags): Interrupted {
  const left = refs.filter(ref => !ended(seen.get(ref)?.state))
  if (flags.cancelOnInterrupt) return new Interrupted(`interrupted; asked ${left.join(', ')} to end`)
  const goesOn = left.length === 1 ? 'the job goes on' : `${left.length} jobs go on`
  return new Interrupted(`interrupted; ${goesOn}, to resume: ${resumeCommand('wait', left, flags)}`)
}
