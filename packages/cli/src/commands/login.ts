import { type ConnectionFlags, connect } from '../connection.ts'
import { exitCode } from '../exit-codes.ts'
import { failureOf } from '../failure.ts'
import { jobsOf } from '../jobs/connect-jobs.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { record, table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface Reach {
  readonly kind: string
  readonly ok: boolean
  readonly reason?: string
}

/**
 * `jobscope login`: asks each service for one job, and says as whom. Nothing is stored, and nothing secret is shown. The result
 * is the exit code: 0 if any kind of jobs can be seen.
 */
export async function login(flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<number> {
  const connection = await connect(flags, terminal)
  const jobs = jobsOf(connection)
  const { signal } = terminal
  const codes: number[] = []
  const reach = await Promise.all(
    jobs.kinds.map(async ({ service, kind }): Promise<Reach> => {
      const name = `${service}:${kind}`
      let reason: string | undefined
      const onError = ({ error }: { readonly error: unknown }) => {
        const failure = failureOf(error)
        codes.push(failure.code)
        reason = failure.lines.join(' ').replace(/^\w+: /, '')
      }
      for await (const _ of jobs.list({ kinds: [name], limit: 1, signal, onError }));
      return { kind: name, ok: reason === undefined, ...(reason !== undefined && { reason }) }
    }),
  )
  const { region, cloud, projectId, credentials } = connection
  const format = formatOf(flags)
  const facts = { source: credentials.source, cloud, region, project: projectId }
  if (format !== 'text') await emit({ ...facts, reach }, format, terminal)
  else {
    await terminal.print(`${record(Object.entries(facts), terminal)}\n`)
    await terminal.print(
      table(
        reach,
        [
          { title: '', text: ({ ok }) => (ok ? '✓' : '✗'), style: ({ ok }) => (ok ? 'green' : 'red') },
          { title: 'JOBS', text: ({ kind }) => kind },
          { title: 'WHY NOT', text: ({ reason = '' }) => reason, least: 20, style: () => 'dim' },
        ],
        terminal,
      ),
    )
  }
  if (reach.some(({ ok }) => ok)) return exitCode.done
  return codes.includes(exitCode.auth) ? exitCode.auth : (codes[0] ?? exitCode.done)
}
