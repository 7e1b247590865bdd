import { formatRef, parseRef } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope cancel`: requests the cancellation of jobs. It does not wait until they have ended.
 *
 * @returns the exit code
 */
export async function cancel(
  refs: readonly string[],
  flags: ConnectionFlags & OutputFlags,
  terminal: Terminal,
): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal))
  const resolveRef = createRefResolver(jobs, terminal.signal)
  const output = await createOutput(flags, terminal)
  const { interactive, paint, print, signal } = terminal
  return runForEachJob(
    refs,
    async text => {
      const ref = await resolveRef(text)
      await jobs.cancel(ref, { signal })
      return formatRef(parseRef(ref))
    },
    canonicalRef => {
      if (!output.isText) return output.write({ ref: canonicalRef, cancellationRequested: true })
      return print(
        interactive ? `${paint('yellow', '⊘')} Cancellation requested: ${canonicalRef}\n` : `${canonicalRef}\n`,
      )
    },
    terminal,
  )
}
