import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { jobRecord } from '../jobs/format-jobs.ts'
import { eachRef } from '../jobs/run-for-each-job.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `jobscope get`: all that is known of jobs. The result is the exit code. */
export async function get(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = jobsOf(await connect(flags, terminal))
  const format = formatOf(flags)
  return eachRef(
    refs,
    ref => jobs.get(ref, { signal: terminal.signal }),
    (job, _, index) =>
      format === 'text'
        ? terminal.print(`${index > 0 ? '\n' : ''}${jobRecord(job, terminal)}`)
        : emit(job, format, terminal),
    terminal,
  )
}
