import type { Duration } from '@jobscope/core'
import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { resumeCommand } from '../jobs/resume-command.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { clean } from '../terminal/sanitize.ts'
import { Interrupted, type Terminal } from '../terminal/terminal.ts'

export interface LogsFlags extends ConnectionFlags, OutputFlags {
  readonly follow?: boolean
  readonly interval?: Duration
}

/** `jobscope logs`: the lines that a job has written. */
export async function logs(ref: string, flags: LogsFlags, terminal: Terminal): Promise<void> {
  const { follow = false, interval } = flags
  const { signal, paint } = terminal
  const jobs = jobsOf(await connect(flags, terminal))
  const format = formatOf(flags)
  try {
    for await (const line of jobs.logs(ref, { follow, signal, ...(interval && { interval }) })) {
      const { text, source } = line
      if (format !== 'text') await emit(line, format, terminal)
      else await terminal.print(`${source === undefined ? '' : paint('dim', `${clean(source)}  `)}${clean(text)}\n`)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw new Interrupted(`interrupted; the job goes on, to resume: ${resumeCommand('logs', [ref], flags)} --follow`)
  }
}
