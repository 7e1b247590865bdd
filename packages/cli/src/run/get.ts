import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/jobs.ts'
import { jobRecord } from '../jobs/view.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `jobscope get`: all that is known of jobs. */
export async function get(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<void> {
  const jobs = jobsOf(await connect(flags, terminal))
  const format = formatOf(flags)
  const { signal } = terminal
  // Asked for side by side, shown in order.
  const found = refs.map(ref => jobs.get(ref, { signal }))
  await Promise.allSettled(found)
  for (const [index, each] of found.entries()) {
    const job = await each
    if (format !== 'text') await emit(job, format, terminal)
    else await terminal.print(`${index > 0 ? '\n' : ''}${jobRecord(job, terminal)}`)
  }
}
