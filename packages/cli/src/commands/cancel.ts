import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { eachRef } from '../jobs/run-for-each-job.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `jobscope cancel`: asks for the end of jobs. The result is the exit code. */
export async function cancel(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = jobsOf(await connect(flags, terminal))
  const format = formatOf(flags)
  const show = (ref: string) => {
    if (format !== 'text') return emit({ ref, asked: 'cancel' }, format, terminal)
    return terminal.print(terminal.interactive ? `${terminal.paint('yellow', '⊘')} asked to end: ${ref}\n` : `${ref}\n`)
  }
  return eachRef(
    refs,
    ref => jobs.cancel(ref),
    (_, ref) => show(ref),
    terminal,
  )
}
