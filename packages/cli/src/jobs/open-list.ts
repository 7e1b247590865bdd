import type { ListFailure, ServiceJob } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import type { Context } from '../contexts.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { connectJobs } from './connect-jobs.ts'
import { createSelection, type FilterFlags } from './filter-flags.ts'
import { findServicesOfFilter } from './find-needed-services.ts'
import type { ListReport } from './list-report.ts'

/** The jobs of a connection that match the filter options. */
export interface OpenList {
  /** The name of the context. */
  readonly name: string
  readonly jobs: AsyncIterable<ServiceJob>
  /** The queues of all jobs that were read and match the options other than `--queue`. Empty without `--queue`. */
  readonly queues: ReadonlySet<string>
}

/**
 * Connects, and prepares a list of jobs.
 *
 * @throws UsageError if an option or a setting is invalid
 */
export async function openList(
  { name, flags }: Context<ConnectionFlags & FilterFlags>,
  report: ListReport,
  terminal: Terminal,
): Promise<OpenList> {
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, { needed: await findServicesOfFilter(flags) })
  const { filter, matches, queues } = await createSelection(flags, terminal.now(), jobs)
  const onError = (failure: ListFailure) => report.addListFailure(name, failure, connection)
  const list: AsyncIterable<ServiceJob> = jobs.list({ ...filter, signal: terminal.signal, onError })
  return { name, jobs: selectJobs(list, matches), queues }
}

async function* selectJobs(list: AsyncIterable<ServiceJob>, matches: (job: ServiceJob) => boolean) {
  for await (const job of list) if (matches(job)) yield job
}
