import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { splitContexts } from '../contexts.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { connectJobs, getKindNames } from '../jobs/connect-jobs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatFields } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `jobscope whoami`: prints which credentials, region and project are used. To check the credentials, the command lists one job with
 * each connection.
 *
 * @returns the exit code of the first failure
 */
export async function whoami(flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<number> {
  const output = await createOutput(flags, terminal)
  const contexts = splitContexts(flags)
  let exitCode: number = exitCodes.success.code
  for (const [index, { name, flags: contextFlags }] of contexts.entries()) {
    const { who, failure } = await checkConnection(contextFlags, terminal)
    if (failure !== undefined) exitCode ||= toFailure(failure).exitCode
    const named = name === '' ? who : { context: name, ...who }
    if (!output.isText) {
      await output.write(named)
      continue
    }
    const shown = { ...named, accepted: failure === undefined ? 'yes' : `no: ${describeError(failure)}` }
    const fields = Object.entries(shown).map(([member, value]) => [member, toOneLine(`${value ?? ''}`)] as const)
    await terminal.print(`${index > 0 ? '\n' : ''}${formatFields(fields, terminal)}`)
  }
  return exitCode
}

async function checkConnection(flags: ConnectionFlags, terminal: Terminal) {
  const { credentials, cloud, region, projectId, ...others } = await connect(flags, terminal)
  const jobs = connectJobs({ credentials, cloud, region, projectId, ...others })
  const [kind = ''] = getKindNames(jobs)
  let failure: unknown
  const options = { kinds: [kind], limit: 1, signal: terminal.signal }
  const onError = ({ error }: { readonly error: unknown }) => {
    failure = error
  }
  // The content of the job is not used. The request only shows whether the list can be read.
  for await (const _ of jobs.list({ ...options, onError })) break
  return {
    failure,
    who: { source: credentials.source, cloud, region, project: projectId, accepted: failure === undefined },
  }
}
