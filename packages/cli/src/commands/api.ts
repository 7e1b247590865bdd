import { services } from '@jobscope/specs'
import { connect } from '../connect.ts'
import { type ConnectionFlags, getConnectionParameters } from '../connection.ts'
import { createClient } from '../create-client.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { readInputFile } from '../input-file.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { formatJson } from '../output/print-value.ts'
import { parsePair } from '../parse-pair.ts'
import { parseArguments, validateBody } from '../spec/call-arguments.ts'
import { describeOperation, toPlainOperation } from '../spec/describe-operation.ts'
import { findOperation, type Operation, readOperations } from '../spec/operation.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

export interface ApiFlags extends ConnectionFlags, OutputFlags {
  readonly service?: string
  readonly body?: string
  readonly all?: boolean
  readonly limit?: number
  readonly describe?: boolean
}

/** `jobscope api`: lists all operations, describes one operation, or calls one operation. */
export async function api(
  name: string | undefined,
  pairs: readonly string[],
  flags: ApiFlags,
  terminal: Terminal,
): Promise<void> {
  if (name === undefined) return printOperations(flags, terminal)
  const operation = await findOperation(name)
  if (flags.describe) {
    const output = await createOutput(flags, terminal)
    return output.isText
      ? terminal.print(await describeOperation(operation, terminal))
      : output.write(toPlainOperation(operation))
  }
  return callOperation(operation, pairs, flags, terminal)
}

type Method = ((args: object, options: object) => Promise<unknown>) & {
  all?: (args: object, options: object) => AsyncIterable<unknown>
}

async function callOperation(
  operation: Operation,
  pairs: readonly string[],
  flags: ApiFlags,
  terminal: Terminal,
): Promise<void> {
  const connection = await connect(flags, terminal)
  const { args, headers } = parseArguments(
    operation,
    pairs.map(pair => parsePair(pair, 'argument')),
    getConnectionParameters(connection),
  )
  const body = await readBody(operation, flags.body, terminal)
  const method = createClient(operation.service, connection)[operation.id] as Method
  const callArgs = { ...args, ...(body !== undefined && { body }) }
  const options = { headers, signal: terminal.signal }
  const isList = flags.all || flags.limit !== undefined
  const output = await createOutput(flags, terminal, { isList })
  if (isList) {
    if (!method.all) throw new UsageError(`${operation.id} does not return a paginated list. Omit --all and --limit.`)
    const items = method.all(callArgs, { ...options, limit: flags.limit })
    for await (const item of items) await output.write(item)
    return output.end()
  }
  const response = await method(callArgs, options)
  if (response === undefined) return
  if (terminal.interactive && output.isText) await terminal.print(`${formatJson(response, 2)}\n`)
  else await output.write(response)
}

async function readBody(operation: Operation, path: string | undefined, terminal: Terminal): Promise<unknown> {
  if (path !== undefined) return validateBody(operation, await readInputFile(path, terminal))
  if (!operation.body?.required) return undefined
  throw new UsageError(`${operation.id} requires a request body. Use --body <file>, or --body - for standard input.`)
}

async function printOperations(flags: ApiFlags, terminal: Terminal): Promise<void> {
  if (flags.service !== undefined && !(services as readonly string[]).includes(flags.service)) {
    throw new UsageError(`Unknown service "${flags.service}".${suggestOrList(flags.service, services)}`)
  }
  const operations = (await readOperations()).filter(
    ({ service }) => flags.service === undefined || service === flags.service,
  )
  const output = await createOutput(flags, terminal, { isList: true })
  if (!output.isText) {
    for (const { service, id, method, path, summary } of operations) {
      await output.write({ service, operation: id, method, path, summary })
    }
    return output.end()
  }
  const table = formatTable(
    operations,
    [
      { title: 'SERVICE', text: ({ service }) => service, style: () => 'dim' },
      { title: 'OPERATION', text: ({ id }) => id, style: () => 'bold' },
      { title: 'METHOD', text: ({ method }) => method, omitOrder: 2 },
      { title: 'SUMMARY', text: ({ summary }) => summary, minWidth: 20, wraps: true },
    ],
    terminal,
  )
  return terminal.print(table)
}
