import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs, getKindNames } from '../jobs/connect-jobs.ts'
import { type FilterFlags, hasFilters } from '../jobs/filter-flags.ts'
import { findServicesOfKinds, findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { formatJobDetails } from '../jobs/format-jobs.ts'
import { addQueue } from '../jobs/plain-job.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { runForEachJob } from '../jobs/run-for-each-job.ts'
import { matchKindNames } from '../kind-names.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { ls } from './ls.ts'

/** The arguments that select all jobs, as in `kubectl get jobs`. */
const allJobs = ['job', 'jobs', 'all']

export interface GetFlags extends ConnectionFlags, OutputFlags, FilterFlags {
  readonly limit: number
  readonly all?: boolean
}

/**
 * `jobscope get`: prints all details of jobs. If the only argument is `jobs`, a kind of job or a service, the command lists jobs as
 * `ls` does.
 *
 * @returns the exit code
 */
export async function get(refs: readonly string[], flags: GetFlags, terminal: Terminal): Promise<number> {
  const jobs = connectJobs(await connect(flags, terminal), { needed: await findNeededServices(refs) })
  const resolveRef = createRefResolver(jobs, terminal, flags)
  const [text = '', ...others] = refs
  const kinds = others.length === 0 ? matchKindNames(text, getKindNames(jobs)) : []
  if (kinds.length > 0 || (others.length === 0 && allJobs.includes(text))) {
    if (kinds.length > 0 && flags.kind && !allJobs.includes(text))
      throw new UsageError(`Omit --kind, because the argument "${text}" already selects kinds of jobs.`)
    return ls({ ...flags, ...(!allJobs.includes(text) && { kind: kinds }) }, terminal)
  }
  if (others.length === 0 && jobs.kinds.some(({ service }) => service === text)) {
    if (flags.service) throw new UsageError(`Omit --service, because the argument "${text}" already selects a service.`)
    return ls({ ...flags, service: [text] }, terminal)
  }
  if (flags.all || hasFilters(flags))
    throw new UsageError('Filter options and --all apply only to lists of jobs. Use jobscope get jobs, or jobscope ls.')
  const output = await createOutput(flags, terminal)
  return runForEachJob(
    refs,
    async text => addQueue(await jobs.get(await resolveRef(text), { signal: terminal.signal })),
    (job, _, index) =>
      output.isText ? terminal.print(`${index > 0 ? '\n' : ''}${formatJobDetails(job, terminal)}`) : output.write(job),
    terminal,
  )
}

/** Like `findServicesOfRefs`. A single argument can also be a service or a kind of job. */
async function findNeededServices(texts: readonly string[]): Promise<readonly string[]> {
  const ofKind = texts.length === 1 ? await findServicesOfKinds(texts) : []
  return ofKind.length > 0 ? ofKind : findServicesOfRefs(texts)
}
