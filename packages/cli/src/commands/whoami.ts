import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { connectJobs, getKindNames } from '../jobs/connect-jobs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatFields } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope whoami`: prints which credentials, region and project are used, and whether a service accepts them. It lists one job.
 *
 * @returns the exit code
 */
export async function whoami(flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<number> {
  const output = await createOutput(flags, terminal)
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection)
  const [kind = ''] = getKindNames(jobs)
  let failure: unknown
  const options = { kinds: [kind], limit: 1, signal: terminal.signal }
  for await (const _ of jobs.list({ ...options, onError: ({ error }) => (failure = error) })) break
  const { credentials, cloud, region, projectId } = connection
  const who = { source: credentials.source, cloud, region, project: projectId, accepted: failure === undefined }
  if (output.isText) {
    const fields = Object.entries({ ...who, accepted: failure === undefined ? 'yes' : `no: ${describeError(failure)}` })
    await terminal.print(
      formatFields(
        fields.map(([name, value]) => [name, toOneLine(`${value ?? ''}`)] as const),
        terminal,
      ),
    )
  } else await output.write(who)
  return failure === undefined ? exitCodes.success.code : toFailure(failure).exitCode
}
