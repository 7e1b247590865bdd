import { type Duration, isTerminal } from '@jobscope/core'
import { type Clients, formatRef, type Jobs, type ListFailure, parseRef, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { Connection, ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { type ConfirmFlags, confirm } from '../jobs/confirm.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { checkNoFilters, createSelection, type FilterFlags, hasFilters } from '../jobs/filter-flags.ts'
import { findServicesOfFilter, findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { hasEnded } from '../jobs/has-ended.ts'
import { createListReport, type ListReport } from '../jobs/list-report.ts'
import { describeEndedJob, requestUnlessEnded } from '../jobs/request-unless-ended.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { waitForRefs } from './wait.ts'

export interface CancelFlags extends ConnectionFlags, OutputFlags, FilterFlags, ConfirmFlags {
  readonly wait?: boolean
  readonly interval?: Duration
}

/**
 * `jobscope cancel`: requests the cancellation of the given jobs, or of all jobs that match the filter options. If a job has already
 * ended, the command only prints its state.
 *
 * @returns the exit code
 */
export async function cancel(texts: readonly string[], flags: CancelFlags, terminal: Terminal): Promise<number> {
  if (texts.length > 0) checkNoFilters(flags, 'Use jobscope cancel either with references or with filter options.')
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, {
    needed: await (texts.length > 0 ? findServicesOfRefs(texts) : findServicesOfFilter(flags)),
  })
  const output = await createOutput(flags, terminal)
  const { interactive, paint, print, signal } = terminal
  const resolveRef = createRefResolver(jobs, terminal, flags)
  let refs = texts
  /** The exit code for the first list that could not be read, or 0. */
  let listCode: number = exitCodes.success.code
  if (texts.length === 0) {
    const report = createListReport(flags, terminal)
    const found = await findOpenJobs(flags, connection, jobs, report, terminal)
    report.print()
    listCode = report.exitCode()
    if (found.length === 0) {
      if (listCode === exitCodes.success.code) terminal.note(paint('dim', 'There are no matching jobs to cancel.'))
      return listCode
    }
    if (!(await confirm('Cancel', found, flags, { output, terminal }))) return listCode
    refs = found.map(({ ref }) => ref)
  } else if (flags.dryRun) {
    const found: ServiceJob[] = await Promise.all(texts.map(async text => jobs.get(await resolveRef(text), { signal })))
    const ended = found.filter(job => hasEnded(job, jobs, Date.now()))
    for (const job of ended) terminal.note(describeEndedJob(job))
    const open = found.filter(job => !ended.includes(job))
    if (open.length > 0) await confirm('Cancel', open, flags, { output, terminal })
    return exitCodes.success.code
  }
  const requested: string[] = []
  const exitCode = await runForEachJob(
    refs,
    async text => {
      const ref = formatRef(parseRef(await resolveRef(text)))
      const endedJob = await requestUnlessEnded(ref, jobs, () => jobs.cancel(ref, { signal }), signal)
      return { ref, endedJob }
    },
    async ({ ref, endedJob }) => {
      if (endedJob) {
        if (output.isText || flags.wait) terminal.note(describeEndedJob(endedJob))
        else await output.write({ ref, cancellationRequested: false, state: endedJob.state })
        return
      }
      requested.push(ref)
      if (flags.wait) return
      if (!output.isText) return output.write({ ref, cancellationRequested: true })
      return print(interactive ? `${paint('yellow', '⊘')} Cancellation requested: ${ref}\n` : `${ref}\n`)
    },
    terminal,
  )
  if (!flags.wait || requested.length === 0) return exitCode || listCode
  const waitCode = await waitForRefs(requested, { ...flags, timeout: '24h', until: 'ended' }, jobs, terminal, {
    canceledRefs: new Set(requested),
  })
  return exitCode || waitCode || listCode
}

async function findOpenJobs(
  flags: CancelFlags,
  connection: Connection,
  jobs: Jobs<Clients>,
  report: ListReport,
  terminal: Terminal,
): Promise<ServiceJob[]> {
  if (!hasFilters(flags)) {
    throw new UsageError('Pass the references of jobs, or options that select jobs, such as --queue or --name.')
  }
  const { filter, matches } = await createSelection(flags, terminal.now(), jobs)
  const found: ServiceJob[] = []
  const onError = (failure: ListFailure) => report.addListFailure('', failure, connection)
  const list: AsyncIterable<ServiceJob> = jobs.list({ ...filter, signal: terminal.signal, onError })
  for await (const job of list) {
    if (!isTerminal(job.state) && matches(job)) found.push(job)
  }
  return found
}
