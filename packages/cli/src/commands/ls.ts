import type { ServiceJob } from '@jobscope/jobs'
import type { ConnectionFlags } from '../connection.ts'
import { splitContexts } from '../contexts.ts'
import { suggestName } from '../did-you-mean.ts'
import type { FilterFlags } from '../jobs/filter-flags.ts'
import { formatJobTable, formatOmittedColumns } from '../jobs/format-jobs.ts'
import { createListReport } from '../jobs/list-report.ts'
import { type OpenList, openList } from '../jobs/open-list.ts'
import { toPlainJob } from '../jobs/plain-job.ts'
import { sortJobs } from '../jobs/sort-jobs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { getQueue } from '../spec/job-queue.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface LsFlags extends ConnectionFlags, OutputFlags, FilterFlags {
  readonly limit: number
  readonly all?: boolean
  readonly sort?: string
}

/**
 * `jobscope ls`: lists the jobs of all services, newest first. If some lists fail, the command prints the jobs of the other lists.
 *
 * @returns the exit code
 */
export async function ls(flags: LsFlags, terminal: Terminal): Promise<number> {
  const { note, paint } = terminal
  const output = await createOutput(flags, terminal, { isList: true })
  const report = createListReport(flags, terminal)
  const contexts = splitContexts(flags)
  const limit = flags.all ? Number.POSITIVE_INFINITY : flags.limit
  const lists = await openLists()
  const contextNames = new WeakMap<ServiceJob, string>()
  const toPlain = (job: ServiceJob) => {
    const context = contextNames.get(job)
    return context === undefined ? toPlainJob(job) : { context, ...toPlainJob(job) }
  }
  const kept: ServiceJob[] = []
  // To sort jobs, or to merge the jobs of several connections, the command must read all jobs before it prints the first one.
  const isCollected = output.isText || flags.sort !== undefined || contexts.length > 1
  let count = 0
  const readList = async ({ name, jobs }: OpenList) => {
    let countOfList = 0
    for await (const job of jobs) {
      if (name !== '') contextNames.set(job, name)
      count++
      // The command reads one more job than it prints, to find out whether the list contains more jobs.
      if (++countOfList > limit && flags.sort === undefined) break
      if (isCollected) kept.push(job)
      else await output.write(toPlain(job))
    }
  }
  await Promise.all(lists.map(readList))
  const order = flags.sort ?? (contexts.length > 1 ? 'created' : undefined)
  const shown = order === undefined ? kept : sortJobs(kept, order, terminal.now()).slice(0, limit)
  if (!output.isText) for (const job of shown) await output.write(toPlain(job))
  await output.end()
  if (output.isText && shown.length > 0) {
    const getContext = (job: ServiceJob) => contextNames.get(job)
    const options = { isWide: output.isWide, getQueue, getContext }
    await terminal.print(formatJobTable(shown, terminal, options))
    const omitted = formatOmittedColumns(shown, terminal, options)
    if (omitted !== undefined) note(paint('dim', omitted))
  }
  report.print()
  if (count > limit) {
    const which = flags.sort === undefined ? 'newest' : 'first'
    const jobsShown = limit === 1 ? 'job is' : `${limit} jobs are`
    note(paint('dim', `Only the ${which} ${jobsShown} shown. Use --limit <count> or --all to see more.`))
  } else if (count === 0 && report.exitCode() === 0)
    note(paint('dim', `No matching jobs.${describeQueues(flags, lists)}`))
  return report.exitCode()

  async function openLists(): Promise<readonly OpenList[]> {
    const open = contexts.map(async context => {
      try {
        return [await openList(context, report, terminal)]
      } catch (error) {
        if (contexts.length === 1 || terminal.signal.aborted) throw error
        report.addFailure(context.name, error)
        return []
      }
    })
    return (await Promise.all(open)).flat()
  }
}

/** Returns a sentence that names the queues of the jobs that match all options except `--queue`. Without such jobs, the text is empty. */
function describeQueues({ queue }: LsFlags, lists: readonly OpenList[]): string {
  const queues = [...new Set(lists.flatMap(list => [...list.queues]))].toSorted()
  if (queue === undefined || queues.length === 0) return ''
  const [name = ''] = queue
  return `${suggestName(name, queues)} Jobs that match the other options are on these queues: ${queues.map(toOneLine).join(', ')}.`
}
