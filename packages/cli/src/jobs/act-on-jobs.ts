import { type Clients, formatRef, type Jobs, parseRef, type ServiceJob } from '@jobscope/jobs'
import { defaultFirst, type JobOperation } from '@jobscope/specs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { createClientCache } from '../create-client.ts'
import { exitCodes } from '../exit-codes.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { callJobOperation } from './call-job-operation.ts'
import { type ConfirmFlags, confirm } from './confirm.ts'
import { connectJobs } from './connect-jobs.ts'
import { findServicesOfRefs } from './find-needed-services.ts'
import { hasEnded } from './has-ended.ts'
import { describeEndedJob, requestUnlessEnded } from './request-unless-ended.ts'
import { createRefResolver } from './resolve-refs.ts'
import { runForEachJob } from './run-for-each-job.ts'

export interface ActFlags extends ConnectionFlags, OutputFlags, ConfirmFlags {}

/** An action on one job. For each kind of job, the spec declares the operation that runs the action. */
export interface JobAction {
  /** The verb in the confirmation: `Delete`. */
  readonly verb: string
  /** The text before the reference in the output: `Deleted`. */
  readonly done: string
  /** The member that is true in the JSON results: `deleted`. */
  readonly member: string
  /** Whether the action needs a confirmation. */
  readonly asks: boolean
  /** Whether the action has no effect on jobs that have ended. If so, the command sends no request for such jobs. */
  readonly skipsEnded: boolean
  /** Finds the operation. Undefined if jobs of the kind do not support the action. */
  readonly findRule: (kind: Kind) => JobOperation | undefined
  /** The end of the error message if jobs of the kind do not support the action. The message begins with `Jobs of kind dli:batch`. */
  readonly unsupported: string
}

/**
 * Selects the default operation if several operations do the same, for example if all of them delete a job. The command calls this
 * operation with no arguments except the key of the job.
 */
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
  const jobs = connectJobs(connection, { needed: await findServicesOfRefs(texts) })
  const output = await createOutput(flags, terminal)
  const { signal, interactive, paint, print } = terminal
  const resolveRef = createRefResolver(jobs, terminal, flags)
  if (action.asks || flags.dryRun) {
    const refs = await Promise.all(texts.map(resolveRef))
    const found = flags.yes && !flags.dryRun ? [] : await readJobs(refs, jobs, signal)
    const ended = action.skipsEnded ? found.filter(job => hasEnded(job, jobs, Date.now())) : []
    for (const job of ended) terminal.note(describeEndedJob(job))
    const affected = found.filter(job => !ended.includes(job))
    if (ended.length > 0 && affected.length === 0) return exitCodes.success.code
    if (!(await confirm(action.verb, affected, flags, { output, terminal }))) return exitCodes.success.code
  }
  const getClient = createClientCache(connection)
  return runForEachJob(
    texts,
    async text => {
      const ref = formatRef(parseRef(await resolveRef(text)))
      const { service, kind: name } = parseRef(ref)
      const kind = await findKind(`${service}:${name}`)
      const rule = action.findRule(kind)
      if (!rule) throw new UsageError(`Jobs of kind ${kind.name} ${action.unsupported}`)
      const address = { client: getClient(service), ref, keyNames: Object.keys(kind.key) }
      const request = () => callJobOperation(rule, address, signal)
      if (action.skipsEnded) return { ref, endedJob: await requestUnlessEnded(ref, jobs, request, signal) }
      await request()
      return { ref, endedJob: undefined }
    },
    async ({ ref, endedJob }) => {
      if (endedJob) {
        if (output.isText) terminal.note(describeEndedJob(endedJob))
        else await output.write({ ref, [action.member]: false, state: endedJob.state })
        return
      }
      if (!output.isText) return output.write({ ref, [action.member]: true })
      return print(interactive ? `${paint('green', '✓')} ${action.done}: ${ref}\n` : `${ref}\n`)
    },
    terminal,
  )
}

const readJobs = (refs: readonly string[], jobs: Jobs<Clients>, signal: AbortSignal): Promise<ServiceJob[]> =>
  Promise.all(refs.map(ref => jobs.get(ref, { signal })))
