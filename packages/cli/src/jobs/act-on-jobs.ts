import { type Clients, formatRef, type Jobs, parseRef } from '@jobscope/jobs'
import { defaultFirst, type JobOperation, type ServiceName } from '@jobscope/specs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { type Client, createClient } from '../create-client.ts'
import { exitCodes } from '../exit-codes.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { callJobOperation } from './call-job-operation.ts'
import { type ConfirmFlags, confirm } from './confirm.ts'
import { connectJobs } from './connect-jobs.ts'
import { createRefResolver } from './resolve-refs.ts'
import { runForEachJob } from './run-for-each-job.ts'

export interface ActFlags extends ConnectionFlags, OutputFlags, ConfirmFlags {}

/** An action on single jobs that the specs declare. */
export interface JobAction {
  /** `Delete`, for the confirmation. */
  readonly verb: string
  /** `Deleted`, in front of the reference. */
  readonly done: string
  /** The member of the results for programs that is true: `deleted`. */
  readonly member: string
  /** Whether the action needs a confirmation. */
  readonly asks: boolean
  /** Finds the operation. Undefined if jobs of the kind do not support the action. */
  readonly findRule: (kind: Kind) => JobOperation | undefined
  /** Why there is no such operation, as a sentence. */
  readonly unsupported: string
}

/** The default operation of a role that needs only the key of a job. */
export const findRoleRule = (rules: readonly JobOperation[] | undefined): JobOperation | undefined =>
  defaultFirst(rules)[0]

/** Runs an action for each job. Returns the exit code. */
export async function actOnJobs(
  action: JobAction,
  texts: readonly string[],
  flags: ActFlags,
  terminal: Terminal,
): Promise<number> {
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection)
  const output = await createOutput(flags, terminal)
  const { signal, interactive, paint, print } = terminal
  const resolveRef = createRefResolver(jobs, signal)
  if (action.asks || flags.dryRun) {
    const refs = await Promise.all(texts.map(resolveRef))
    const found = flags.yes && !flags.dryRun ? [] : await readJobs(refs, jobs, signal)
    if (!(await confirm(action.verb, found, flags, terminal))) return exitCodes.success.code
  }
  const clients = new Map<string, Client>()
  return runForEachJob(
    texts,
    async text => {
      const ref = formatRef(parseRef(await resolveRef(text)))
      const { service, kind: name } = parseRef(ref)
      const kind = await findKind(`${service}:${name}`)
      const rule = action.findRule(kind)
      if (!rule) throw new UsageError(`Jobs of kind ${kind.name}: ${action.unsupported}`)
      const client = clients.get(service) ?? createClient(service as ServiceName, connection)
      clients.set(service, client)
      await callJobOperation(rule, { client, ref, keyNames: Object.keys(kind.key) }, signal)
      return ref
    },
    ref => {
      if (!output.isText) return output.write({ ref, [action.member]: true })
      return print(interactive ? `${paint('green', '✓')} ${action.done}: ${ref}\n` : `${ref}\n`)
    },
    terminal,
  )
}

const readJobs = (refs: readonly string[], jobs: Jobs<Clients>, signal: AbortSignal) =>
  Promise.all(refs.map(ref => jobs.get(ref, { signal })))
