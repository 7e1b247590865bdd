import { type ConnectionFlags, connect } from '../connection.ts'
import { jobsOf } from '../jobs/jobs.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `jobscope cancel`: asks for the end of jobs. */
export async function cancel(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<void> {
  const jobs = jobsOf(await connect(flags, terminal))
  const format = formatOf(flags)
  const asked = refs.map(ref => jobs.cancel(ref))
  await Promise.allSettled(asked)
  for (const [index, each] of asked.entries()) {
    await each
    const ref = refs[index] as string
    if (format !== 'text') await emit({ ref, asked: 'cancel' }, format, terminal)
    else if (terminal.interactive) await terminal.print(`${terminal.paint('yellow', '⊘')} asked to end: ${ref}\n`)
    else await terminal.print(`${ref}\n`)
  }
}
