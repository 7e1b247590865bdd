import { type Duration, isTerminal } from '@jobscope/core'
import { type Clients, formatRef, type Jobs, parseRef, type ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { type ConfirmFlags, confirm } from '../jobs/confirm.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createSelection, type FilterFlags } from '../jobs/filter-flags.ts'
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
 * `jobscope cancel`: requests the cancellation of the given jobs, or of all jobs that match the filter options.
 *
 * @returns the exit code
 */
export async function cancel(texts: readonly string[], flags: CancelFlags, terminal: Terminal): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal))
  const output = await createOutput(flags, terminal)
  const { interactive, paint, print, signal } = terminal
  let refs = texts
  if (texts.length === 0) {
    const found = await findOpenJobs(flags, jobs, terminal)
    if (found.length === 0) {
      terminal.note(paint('dim', 'No matching jobs that have not ended.'))
      return exitCodes.success.code
    }
    if (!(await confirm('Cancel', found, flags, terminal))) return exitCodes.success.code
    refs = found.map(({ ref }) => ref)
  } else if (flags.dryRun) {
    const resolved = await Promise.all(texts.map(createRefResolver(jobs, signal)))
    for (const ref of resolved) await print(`${ref}\n`)
    return exitCodes.success.code
  }
  const resolveRef = createRefResolver(jobs, signal)
  const requested: string[] = []
  const exitCode = await runForEachJob(
    refs,
    async text => {
      const ref = formatRef(parseRef(await resolveRef(text)))
      await jobs.cancel(ref, { signal })
      return ref
    },
    ref => {
      requested.push(ref)
      if (flags.wait) return Promise.resolve()
      if (!output.isText) return output.write({ ref, cancellationRequested: true })
      return print(interactive ? `${paint('yellow', '⊘')} Cancellation requested: ${ref}\n` : `${ref}\n`)
    },
    terminal,
  )
  if (!flags.wait || requested.length === 0) return exitCode
  const waitCode = await waitForRefs(requested, { ...flags, timeout: '24h' }, jobs, terminal, new Set(requested))
  // A job that was canceled is what the user asked for.
  return waitCode === exitCodes.failure.code ? exitCode : exitCode || waitCode
}

/** The options that select jobs. The command requires one of them, because otherwise it would cancel all jobs. */
const filterNames = [
  'service',
  'kind',
  'state',
  'name',
  'since',
  'until',
  'owner',
  'queue',
  'longerThan',
  'fieldSelector',
] as const

async function findOpenJobs(flags: CancelFlags, jobs: Jobs<Clients>, terminal: Terminal): Promise<ServiceJob[]> {
  if (filterNames.every(name => flags[name] === undefined)) {
    throw new UsageError('Pass the references of jobs, or options that select jobs, such as --queue or --name.')
  }
  const { filter, matches } = await createSelection(flags, terminal.now(), jobs)
  const found: ServiceJob[] = []
  const list: AsyncIterable<ServiceJob> = jobs.list({ ...filter, signal: terminal.signal, onError() {} })
  for await (const job of list) {
    if (!isTerminal(job.state) && matches(job)) found.push(job)
  }
  return found
}
