import { type ConnectionFlags, connect, filledIn, readPair } from '../connection.ts'
import { clientOf } from '../create-client.ts'
import { didYouMean } from '../did-you-mean.ts'
import { readSource } from '../input-file.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { argumentsOf, checkedBody } from '../spec/call-arguments.ts'
import { describe } from '../spec/describe-operation.ts'
import { services } from '../spec/document.ts'
import { allOperations, findOperation, type Operation } from '../spec/operation.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

export interface ApiFlags extends ConnectionFlags, OutputFlags {
  readonly service?: string
  readonly body?: string
  readonly all?: boolean
  readonly limit?: number
  readonly describe?: boolean
}

/** `jobscope api`: lists the operations, describes one, or calls it. */
export async function api(
  name: string | undefined,
  pairs: readonly string[],
  flags: ApiFlags,
  terminal: Terminal,
): Promise<void> {
  if (name === undefined) return list(flags, terminal)
  const operation = await findOperation(name)
  if (flags.describe) return terminal.print(await describe(operation, terminal))
  const connection = await connect(flags, terminal)
  const given = pairs.map(pair => readPair(pair, 'argument'))
  const { args, headers } = argumentsOf(operation, given, filledIn(connection))
  const body = await bodyOf(operation, flags.body, terminal)
  const method = clientOf(operation.service, connection)[operation.id] as Method
  const call = { ...args, ...(body !== undefined && { body }) }
  const options = { headers, signal: terminal.signal }
  const format = flags.yaml ? 'yaml' : 'json'
  if (flags.all || flags.limit !== undefined) {
    if (!method.all) throw new UsageError(`--all: ${operation.id} is no list with pages`)
    for await (const item of method.all(call, { ...options, limit: flags.limit })) await emit(item, format, terminal)
    return
  }
  const answer = await method(call, options)
  if (answer === undefined) return
  // One object a line for programs, laid out for people.
  if (terminal.interactive && formatOf(flags) === 'text')
    await terminal.print(`${JSON.stringify(answer, undefined, 2)}\n`)
  else await emit(answer, format, terminal)
}

type Method = ((args: object, options: object) => Promise<unknown>) & {
  all?: (args: object, options: object) => AsyncIterable<unknown>
}

async function bodyOf(operation: Operation, path: string | undefined, terminal: Terminal): Promise<unknown> {
  if (path === undefined) {
    if (operation.body?.required)
      throw new UsageError(
        `${operation.id} needs a body: give a JSON or YAML file with --body, or - for standard input`,
      )
    return undefined
  }
  return checkedBody(operation, await readSource(path, terminal))
}

async function list(flags: ApiFlags, terminal: Terminal): Promise<void> {
  if (flags.service !== undefined && !(services as readonly string[]).includes(flags.service)) {
    throw new UsageError(
      `--service ${flags.service}: no such service${didYouMean(flags.service, services) || `: there are ${services.join(', ')}`}`,
    )
  }
  const operations = (await allOperations()).filter(
    ({ service }) => flags.service === undefined || service === flags.service,
  )
  const format = formatOf(flags)
  if (format === 'text') {
    return terminal.print(
      table(
        operations,
        [
          { title: 'SERVICE', text: ({ service }) => service, style: () => 'dim' },
          { title: 'OPERATION', text: ({ id }) => id, style: () => 'bold' },
          { title: 'METHOD', text: ({ method }) => method, spare: 2 },
          { title: 'SUMMARY', text: ({ summary }) => summary, least: 20 },
        ],
        terminal,
      ),
    )
  }
  for (const { service, id, method, path, summary } of operations)
    await emit({ service, operation: id, method, path, summary }, format, terminal)
}
