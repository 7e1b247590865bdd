import { parseRef } from '@jobscope/jobs'
import { readPointer, type ServiceName } from '@jobscope/specs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { createClient } from '../create-client.ts'
import { readKey } from '../jobs/call-job-operation.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind, readKinds } from '../spec/kinds.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

interface EventRow {
  readonly time: string
  readonly level: string
  readonly message: string
}

/**
 * `jobscope events`: prints the events of a job, for kinds of jobs whose service records events.
 *
 * @throws UsageError if jobs of the kind have no events
 */
export async function events(text: string, flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<void> {
  const connection = await connect(flags, terminal)
  const output = await createOutput(flags, terminal, { isList: true })
  const jobs = connectJobs(connection, { needed: await findServicesOfRefs([text]) })
  const ref = await createRefResolver(jobs, terminal, flags)(text)
  const { service, kind: kindName } = parseRef(ref)
  const kind = await findKind(`${service}:${kindName}`)
  const rule = kind.events
  if (!rule) {
    const supported = (await readKinds()).filter(each => each.events).map(({ name }) => name)
    throw new UsageError(`Jobs of kind ${kind.name} have no events. These kinds have: ${supported.join(', ')}.`)
  }
  const client = createClient(service as ServiceName, connection)
  const method = client[rule.operation] as Method
  const args = readKey({ ref, keyNames: Object.keys(kind.key) })
  const options = { signal: terminal.signal }
  const pages = method.all?.(args, options).pages() ?? [await method(args, options)]
  const items: unknown[] = []
  for await (const page of pages) items.push(...((readPointer(page, rule.at) ?? []) as readonly unknown[]))
  if (!output.isText) {
    for (const item of items) await output.write(item)
    return output.end()
  }
  const read = (item: unknown, pointer: string | undefined) =>
    pointer === undefined ? '' : toOneLine(`${readPointer(item, pointer) ?? ''}`)
  const rows = items.map(
    (item): EventRow => ({
      time: read(item, rule.time),
      level: read(item, rule.level),
      message: read(item, rule.message),
    }),
  )
  if (rows.length === 0) return terminal.note(terminal.paint('dim', 'The job has no events.'))
  return terminal.print(
    formatTable(
      rows,
      [
        { title: 'TIME', text: ({ time }) => time, style: () => 'dim' },
        { title: 'LEVEL', text: ({ level }) => level },
        { title: 'MESSAGE', text: ({ message }) => message, minWidth: 24, wraps: true },
      ],
      terminal,
    ),
  )
}

type Method = ((args: object, options: object) => Promise<unknown>) & {
  /** Reads all pages. Undefined if the operation has no pagination. */
  all?: (args: object, options: object) => { pages(): AsyncIterable<unknown> }
}
