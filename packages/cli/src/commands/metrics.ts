import { fillBody } from '@jobscope/core/internal'
import { parseRef, type ServiceJob } from '@jobscope/jobs'
import { readPointer, type ServiceName } from '@jobscope/specs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { createClient } from '../create-client.ts'
import { readKey } from '../jobs/call-job-operation.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { formatJson } from '../output/print-value.ts'
import { findKind, readKinds } from '../spec/kinds.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatFields } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

/**
 * `jobscope metrics`: prints the measurements of a job as the service returns them, for kinds of jobs whose service has
 * measurements.
 *
 * @throws UsageError if jobs of the kind have no metrics
 */
export async function metrics(text: string, flags: ConnectionFlags & OutputFlags, terminal: Terminal): Promise<void> {
  const connection = await connect(flags, terminal)
  const output = await createOutput(flags, terminal, { isList: true })
  const jobs = connectJobs(connection, { needed: await findServicesOfRefs([text]) })
  const { signal } = terminal
  const ref = await createRefResolver(jobs, terminal, flags)(text)
  const { service, kind: kindName } = parseRef(ref)
  const kind = await findKind(`${service}:${kindName}`)
  const rule = kind.metrics
  if (!rule) {
    const supported = (await readKinds()).filter(each => each.metrics).map(({ name }) => name)
    throw new UsageError(`Jobs of kind ${kind.name} have no metrics. These kinds have: ${supported.join(', ')}.`)
  }
  const key = readKey({ ref, keyNames: Object.keys(kind.key) })
  const method = createClient(service as ServiceName, connection)[rule.operation] as Method
  const [chosen] = Object.entries(rule.each ?? {})
  const parts = chosen ? await readParts(chosen, () => jobs.get(ref, { signal })) : [{}]
  for (const part of parts) {
    const args = rule.body === undefined ? { ...key, ...part } : { body: fillBody(rule.body, key) }
    const response = await method(args, { signal })
    const items = [readPointer(response, rule.at) ?? []].flat()
    for (const item of items) {
      if (!output.isText) await output.write({ ...part, ...(item as object) })
      else await terminal.print(`${formatFields(listFields({ ...part, ...(item as object) }), terminal)}\n`)
    }
  }
  if (!output.isText) await output.end()
}

type Method = (args: object, options: object) => Promise<unknown>

/** Returns the arguments of several calls. A job can have several parts, such as tasks, and each part needs its own call. */
async function readParts(
  [parameter, pointer]: readonly [parameter: string, pointer: string],
  getJob: () => Promise<ServiceJob>,
): Promise<object[]> {
  const values = readPointer((await getJob()).raw, pointer)
  return (Array.isArray(values) ? values : []).map((value: unknown) => ({ [parameter]: value }))
}

/** Lists the members of a measurement. The name of a nested member contains its parents: `metrics.total_read_rate`. */
const listFields = (value: object, prefix = ''): [name: string, text: string][] =>
  Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? listFields(member, `${prefix}${name}.`)
      : [
          [`${prefix}${name}`, toOneLine(typeof member === 'string' ? member : formatJson(member ?? null))] as [
            string,
            string,
          ],
        ],
  )
