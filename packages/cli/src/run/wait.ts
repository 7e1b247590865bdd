import type { Duration } from '@jobscope/core'
import type { Job } from '@jobscope/jobs'
import { type ConnectionFlags, connect } from '../connection.ts'
import { exitCode } from '../exit-code.ts'
import { failureOf } from '../failure.ts'
import { jobsOf } from '../jobs/jobs.ts'
import { resumeCommand } from '../jobs/resume.ts'
import { plainJob, took } from '../jobs/view.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { stateStyle, stateText } from '../terminal/state.ts'
import { Interrupted, type Terminal } from '../terminal/terminal.ts'

export interface WaitFlags extends ConnectionFlags, OutputFlags {
  readonly any?: boolean
  readonly timeout?: Duration
  readonly interval?: Duration
  readonly cancelOnInterrupt?: boolean
}

/** `jobscope wait`: waits until jobs have ended. The result is the exit code: 1 if one of them failed. */
export async function wait(refs: readonly string[], flags: WaitFlags, terminal: Terminal): Promise<number> {
  const jobs = jobsOf(await connect(flags, terminal))
  const { timeout, interval, cancelOnInterrupt: cancelOnAbort = false } = flags
  // For --any: the others are no longer waited for, and go on.
  const enough = new AbortController()
  const signal = AbortSignal.any([terminal.signal, enough.signal])
  const open = new Set(refs)
  const format = formatOf(flags)
  let code: number = exitCode.done
  const one = async (ref: string) => {
    try {
      const job = await jobs.wait(ref, {
        signal,
        cancelOnAbort,
        ...(timeout !== undefined && { timeout }),
        ...(interval !== undefined && { interval, maxInterval: interval }),
        onChange: changed => void (format === 'text' && terminal.note(changeLine(changed, terminal))),
      })
      open.delete(ref)
      if (format !== 'text') await emit(plainJob(job), format, terminal)
    } catch (error) {
      if (signal.aborted) return
      open.delete(ref)
      const failure = failureOf(error)
      code ||= failure.code
      for (const line of failure.lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
    }
    if (flags.any) enough.abort()
  }
  await Promise.all(refs.map(one))
  if (!terminal.signal.aborted) return code
  const left = [...open]
  throw new Interrupted(
    cancelOnAbort
      ? `interrupted; asked ${left.join(', ')} to end`
      : `interrupted; ${left.length === 1 ? 'the job goes' : `${left.length} jobs go`} on, to resume: ${resumeCommand('wait', left, flags)}`,
  )
}

const changeLine = (job: Job, { paint, now }: Terminal): string => {
  const time = took(job, now())
  return `${paint(stateStyle(job.state), stateText(job.state).padEnd(11))}  ${job.ref}${time ? paint('dim', `  ${time}`) : ''}`
}
