import { chooseExitCode } from '../choose-exit-code.ts'
import { connect } from '../connect.ts'
import type { Connection, ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, reportError, toFailure } from '../failure.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatFields, formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Whether the jobs of a kind can be listed. */
interface Access {
  readonly kind: string
  readonly ok: boolean
  /** Why the jobs cannot be listed. */
  readonly reason?: string
}

/**
 * `jobscope login`: lists one job of each kind and prints which credentials were used. It stores nothing and prints no secret.
 *
 * @returns the exit code: 0 if the jobs of at least one kind can be listed
 */
export async function login(flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<number> {
  const output = await createOutput(flags, terminal)
  const connection = await connect(flags, terminal).catch((error: unknown) => {
    if (terminal.signal.aborted) throw error
    return reportError(error, terminal, { isLogin: true })
  })
  if (typeof connection === 'number') return connection
  const { access, failureCodes } = await checkAccess(connection, terminal)
  const { region, cloud, projectId, credentials } = connection
  const settings = { source: credentials.source, cloud, region, project: projectId }
  if (output.isText) {
    await terminal.print(`${formatFields(formatSettings(settings), terminal)}\n`)
    await terminal.print(formatAccess(access, terminal))
  } else await output.write({ ...settings, access })
  if (access.some(({ ok }) => ok)) return exitCodes.success.code
  return chooseExitCode(failureCodes)
}

/**
 * Formats the settings, and removes control characters. Another person may have written the settings: they can come from a `clouds.yaml`
 * in the working directory.
 */
const formatSettings = (settings: { readonly [name: string]: string | undefined }): [string, string][] =>
  Object.entries(settings).map(([name, value = '']) => [name, toOneLine(value)])

async function checkAccess(
  connection: Connection,
  { signal }: Terminal,
): Promise<{ access: Access[]; failureCodes: number[] }> {
  const jobs = connectJobs(connection)
  const failureCodes: number[] = []
  const checkKind = async (kind: string): Promise<Access> => {
    let reason: string | undefined
    const onError = ({ error }: { readonly error: unknown }) => {
      failureCodes.push(toFailure(error).exitCode)
      reason = describeError(error, { isLogin: true })
    }
    // The content of the job is not used. The request only shows whether the list can be read.
    for await (const _ of jobs.list({ kinds: [kind], limit: 1, signal, onError })) break
    return { kind, ok: reason === undefined, ...(reason !== undefined && { reason }) }
  }
  const access = await Promise.all(jobs.kinds.map(({ service, kind }) => checkKind(`${service}:${kind}`)))
  return { access, failureCodes }
}

/** If the lists of several kinds fail for the same reason, combines these kinds into one row. */
function groupByReason(access: readonly Access[]): Access[] {
  const rows: Access[] = []
  for (const each of access) {
    const index = rows.findIndex(({ ok, reason }) => !ok && reason === each.reason)
    const row = rows[index]
    if (row) rows[index] = { ...row, kind: `${row.kind}, ${each.kind}` }
    else rows.push(each)
  }
  return rows
}

function formatAccess(access: readonly Access[], terminal: Terminal): string {
  const widestKind = Math.max(...access.map(({ kind }) => kind.length))
  return formatTable(
    groupByReason(access),
    [
      { title: '', text: ({ ok }) => (ok ? '✓' : '✗'), style: ({ ok }) => (ok ? 'green' : 'red') },
      { title: 'KIND', text: ({ kind }) => kind, minWidth: widestKind, wraps: true },
      { title: 'ERROR', text: ({ reason = '' }) => reason, minWidth: 24, wraps: true, style: () => 'dim' },
    ],
    terminal,
  )
}
