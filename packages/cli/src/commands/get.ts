import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope get`: prints all details of jobs.
 *
 * @returns the exit code
 */
export async function get(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal))
  const resolveRef = createRefResolver(jobs, terminal.signal)
  const output = await createOutput(flags, terminal)
  return runForEachJob(
    refs,
    async text => jobs.get(await resolveRef(text), { signal: terminal.signal }),
    (job, _, index) =>
      output.isText ? terminal.print(`${index > 0 ? '\n' : ''}${formatJobDetails(job, terminal)}`) : output.write(job),
    terminal,
  )
}
