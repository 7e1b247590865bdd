import { isArgumentError } from '@jobscope/core'
import type { ListFailure, ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { Connection, ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeError, toFailure } from '../failure.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createSelection, type FilterFlags } from '../jobs/filter-flags.ts'
import { formatJobTable, omitRaw } from '../jobs/format-jobs.ts'
import { sortJobs } from '../jobs/sort-jobs.ts'
import { matchKindNames } from '../kind-names.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { createQueueReader } from '../spec/job-queue.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface LsFlags extends ConnectionFlags, OutputFlags, FilterFlags {
  readonly limit: number
  readonly all?: boolean
  readonly sort?: string
}

/** A reason why lists failed, and the kinds of jobs in these lists. */
interface GroupedFailure {
  readonly exitCode: number
  readonly kinds: string[]
}

/**
 * `jobscope ls`: lists the jobs of all services, newest first. If some lists fail, it prints the jobs of the others.
 *
 * @returns the exit code
 */
export async function ls(flags: LsFlags, terminal: Terminal): Promise<number> {
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, flags.service)
  const limit = flags.all ? Number.POSITIVE_INFINITY : flags.limit
  const output = await createOutput(flags, terminal, { isList: true })
  const failures = new Map<string, GroupedFailure>()
  /** The kinds that require a parameter which is not set, by the name of the parameter. */
  const skipped = new Map<string, string[]>()
  const onError = ({ service, kind, error }: ListFailure) => {
    const name = `${service}:${kind}`
    const isRequested =
      flags.service?.includes(service) || flags.kind?.some(each => matchKindNames(each, [name]).length > 0)
    // The lists of some kinds require parameters that most users have not set. This is a failure only if the user requested these
    // kinds.
    const parameter = isRequested ? undefined : getUnsetParameter(error, connection)
    if (parameter !== undefined) {
      skipped.set(parameter, [...(skipped.get(parameter) ?? []), name])
      return
    }
    const reason = describeError(error)
    const failure = failures.get(reason) ?? { exitCode: toFailure(error).exitCode, kinds: [] }
    failure.kinds.push(name)
    failures.set(reason, failure)
  }
  const { filter, matches } = await createSelection(flags, terminal.now(), jobs)
  const list = jobs.list({ ...filter, signal: terminal.signal, onError })
  const kept: ServiceJob[] = []
  // A sorted list is complete before its first job is printed.
  const isCollected = output.isText || flags.sort !== undefined
  let count = 0
  for await (const job of list) {
    if (!matches(job)) continue
    // The command reads one job more than it prints, to find out whether there are more jobs.
    if (++count > limit && flags.sort === undefined) break
    if (isCollected) kept.push(job)
    else await output.write(omitRaw(job))
  }
  const shown = flags.sort === undefined ? kept : sortJobs(kept, flags.sort, terminal.now()).slice(0, limit)
  if (!output.isText) for (const job of shown) await output.write(omitRaw(job))
  await output.end()
  if (output.isText && shown.length > 0) {
    const getQueue = await createQueueReader()
    await terminal.print(formatJobTable(shown, terminal, { isWide: output.isWide, getQueue }))
  }
  const { note, paint } = terminal
  for (const [reason, { kinds }] of failures) note(`${paint('red', 'jobscope:')} ${kinds.join(', ')}: ${reason}`)
  for (const [parameter, kinds] of skipped) {
    note(
      paint(
        'dim',
        `Not listed: ${kinds.join(', ')}. To list ${kinds.length === 1 ? 'it' : 'them'}, use --param ${parameter}=<value>.`,
      ),
    )
  }
  if (count > limit) {
    note(
      paint(
        'dim',
        `Only the ${flags.sort === undefined ? 'newest' : 'first'} ${limit} jobs are shown. Use --limit <count> or --all to see more.`,
      ),
    )
  } else if (count === 0 && failures.size === 0) note(paint('dim', 'No matching jobs.'))
  const [firstFailure] = failures.values()
  return firstFailure?.exitCode ?? exitCodes.success.code
}

/** Returns the name of the path parameter that is not set, if this is the cause of an error. */
function getUnsetParameter(error: unknown, { parameters }: Connection): string | undefined {
  if (!isArgumentError(error) || error.operation === undefined) return undefined
  return Object.hasOwn(parameters, error.parameter) ? undefined : error.parameter
}
