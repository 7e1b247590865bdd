import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs, getKindNames } from '../jobs/connect-jobs.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { matchKindNames } from '../kind-names.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { listLimit } from '../program/options.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { ls } from './ls.ts'

/** What kubectl calls all jobs. */
const allJobs = 'jobs'

/**
 * `jobscope get`: prints all details of jobs. If the argument is `jobs` or the name of a kind instead of a reference, the command
 * lists jobs as `ls` does.
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
  const [text = '', ...others] = refs
  const kinds = others.length === 0 ? matchKindNames(text, getKindNames(jobs)) : []
  if (kinds.length > 0 || (others.length === 0 && text === allJobs)) {
    return ls({ ...flags, limit: listLimit, ...(text !== allJobs && { kind: kinds }) }, terminal)
  }
  const output = await createOutput(flags, terminal)
  return runForEachJob(
    refs,
    async text => jobs.get(await resolveRef(text), { signal: terminal.signal }),
    (job, _, index) =>
      output.isText ? terminal.print(`${index > 0 ? '\n' : ''}${formatJobDetails(job, terminal)}`) : output.write(job),
    terminal,
  )
}
