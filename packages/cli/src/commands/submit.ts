import { cancelJob, getJobKinds, type JobClient } from '@jobscope/core'
import { createJobs, parseRef } from '@jobscope/jobs'
import { type ConnectionFlags, connect, filledIn, readPair } from '../connection.ts'
import { type Client, clientOf } from '../create-client.ts'
import { readSource } from '../input-file.ts'
import { emit, formatOf, type OutputFlags } from '../output.ts'
import { argumentsOf, checkedBody } from '../spec/call-arguments.ts'
import { allKinds, findKind, type Kind } from '../spec/kinds.ts'
import { findOperation, type Operation } from '../spec/operation.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

export interface SubmitFlags extends ConnectionFlags, OutputFlags {
  readonly start?: boolean
  readonly dryRun?: boolean
  readonly example?: boolean
}

/** `jobscope submit`: creates a job from a file that is checked against the spec first. */
export async function submit(
  what: string,
  file: string | undefined,
  pairs: readonly string[],
  flags: SubmitFlags,
  terminal: Terminal,
): Promise<void> {
  const { kind, operation } = await creationOf(what)
  if (flags.example) return terminal.print(await exampleOf(operation))
  if (file === undefined) {
    throw new UsageError(
      `${operation.id} needs a body: give a JSON or YAML file, or - for standard input (--example prints one)`,
    )
  }
  if (flags.start && !kind.start) throw new UsageError(`--start: jobs of the kind ${kind.name} start by themselves`)
  const body = checkedBody(operation, await readSource(file, terminal))
  const connection = await connect(flags, terminal)
  const { args, headers } = argumentsOf(
    operation,
    pairs.map(pair => readPair(pair, 'argument')),
    filledIn(connection),
  )
  if (flags.dryRun) return terminal.print(`${operation.service}.${operation.id}: the body fits; nothing was sent\n`)

  const client = clientOf(kind.service, connection)
  const call = { ...args, body }
  const answer = await (client[operation.id] as Method)(call, { headers, signal: terminal.signal })
  const jobs = createJobs({ [kind.service]: client as object as JobClient })
  const ref = jobs.refOf(kind.service, operation.id, answer, { ...connection.parameters, ...call })
  if (ref !== undefined && flags.start) await start(client, kind.kind, ref)
  const format = formatOf(flags)
  if (format !== 'text') return emit({ ref, service: kind.service, kind: kind.kind, answer }, format, terminal)
  if (ref === undefined)
    return terminal.print(`${terminal.paint('green', '✓')} ran at once: no job is left to follow\n`)
  if (!terminal.interactive) return terminal.print(`${ref}\n`)
  const next = kind.start && !flags.start ? 'it waits to be started (--start)' : `jobscope watch ${ref}`
  return terminal.print(`${terminal.paint('green', '✓')} ${ref}\n  ${terminal.paint('dim', next)}\n`)
}

type Method = (args: object, options: object) => Promise<unknown>

/** Starts a job that rests once it is there. That is asked for as its end is: by an action of its kind. */
async function start(client: Client, kind: string, ref: string): Promise<void> {
  const rules = getJobKinds(client)[kind]
  if (!rules?.start) return
  const { key } = parseRef(ref)
  const args = Object.fromEntries(Object.keys(rules.key).map((name, index) => [name, key[index]]))
  await cancelJob(client, { ...rules, cancel: rules.start }, args)
}

/** The operation that creates a job, named by itself or by a kind that has but one. */
async function creationOf(what: string): Promise<{ kind: Kind; operation: Operation }> {
  if (what.includes(':')) {
    const kind = await findKind(what)
    const [first, ...others] = Object.keys(kind.create ?? {})
    if (first === undefined) throw new UsageError(`${what}: jobs of this kind cannot be submitted`)
    if (others.length > 0) {
      throw new UsageError(
        `${what} is created by several operations: say ${[first, ...others].join(' or ')} instead of the kind`,
      )
    }
    return { kind, operation: await findOperation(`${kind.service}.${first}`) }
  }
  const operation = await findOperation(what)
  const kind = (await allKinds()).find(
    ({ service, create = {} }) => service === operation.service && operation.id in create,
  )
  if (!kind) throw new UsageError(`${what} creates no job: call it by jobscope api ${what}`)
  return { kind, operation }
}

async function exampleOf({ id, body }: Operation): Promise<string> {
  const [example] = body?.examples ?? []
  if (!example) throw new UsageError(`${id} has no example`)
  const { stringify } = await import('yaml')
  return stringify(example[1], { lineWidth: 0 })
}
