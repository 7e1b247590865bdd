import type { Duration } from '@jobscope/core'
import type { JobEvent } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { type AnnounceFlags, createAnnouncer } from '../jobs/announce-jobs.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { checkNoFilters, createSelection, type FilterFlags } from '../jobs/filter-flags.ts'
import { findServicesOfFilter, findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { formatResumeCommand } from '../jobs/follow-up-command.ts'
import { findMissingParameters, formatNotListed } from '../jobs/list-report.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { updateProgress } from '../jobs/update-progress.ts'
import { createEventPrinter, createViewPrinter } from '../jobs/watch-printers.ts'
import { addEvent, isEnded, type WatchView } from '../jobs/watch-view.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface WatchFlags extends ConnectionFlags, OutputFlags, AnnounceFlags, Omit<FilterFlags, 'state'> {
  readonly interval?: Duration
  /** Ends the watch when each matching job has ended or needs an action of the user. */
  readonly untilIdle?: boolean
}

/**
 * `jobscope watch`: shows the state changes of jobs. On a terminal, the command redraws a table in place. Otherwise it prints a
 * line for each change.
 *
 * @param texts the jobs to watch. If the list is empty, the command watches all jobs that match the filter options
 * @returns the exit code: `failure` if a job failed or was canceled, `notFound` if a job does not exist
 */
export async function watch(texts: readonly string[], flags: WatchFlags, terminal: Terminal): Promise<number> {
  if (texts.length > 0) checkNoFilters(flags, 'Use jobscope watch either with references or with filter options.')
  const connection = await connect(flags, terminal)
  const jobs = connectJobs(connection, {
    needed: await (texts.length > 0 ? findServicesOfRefs(texts) : findServicesOfFilter(flags)),
  })
  const { signal, interactive } = terminal
  const refs = await Promise.all(texts.map(createRefResolver(jobs, terminal, flags)))
  const { interval } = flags
  const options = {
    signal,
    ...(flags.untilIdle && { until: 'idle' as const }),
    ...(interval && { interval, maxInterval: interval }),
  }
  const { watchFilter, matches } = await createSelection(flags, terminal.now(), jobs)
  const events = jobs.watch(refs.length > 0 ? refs : watchFilter, options)
  const view: WatchView = { jobs: new Map(), problems: new Map(), notes: new Set() }
  const output = await createOutput(flags, terminal)
  const announcer = createAnnouncer(flags, terminal)
  const printer =
    output.isText && interactive
      ? createViewPrinter(view, terminal, () => updateProgress(jobs, view.jobs, signal))
      : createEventPrinter(output, terminal)
  let exitCode: number = exitCodes.success.code
  try {
    for await (const event of events) {
      if ('job' in event && !matches(event.job)) continue
      // The watch also polls jobs that do not match yet. If such a job was deleted, this is not a result of the command.
      if (event.type === 'gone' && refs.length === 0 && !view.jobs.has(event.ref)) continue
      const missing = event.type === 'error' ? findMissingParameters(event, flags, connection) : undefined
      if (missing !== undefined && event.type === 'error') {
        const text = formatNotListed(missing, [`${event.service}:${event.kind}`])
        // Each poll fails for the same reason, which is reported only once.
        const isKnown = view.notes.has(text)
        view.notes.add(text)
        if (output.isText && !interactive && !isKnown) terminal.note(terminal.paint('dim', text))
        if (output.isText || isKnown) continue
      }
      addEvent(event, view)
      exitCode = updateExitCode(exitCode, event)
      if (event.type === 'ended') announcer.announce(event.job)
      await printer.print(event)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw createInterruption(refs, view, flags)
  } finally {
    await printer.close()
  }
  await announcer.finish()
  signal.throwIfAborted()
  return exitCode
}

function updateExitCode(exitCode: number, event: JobEvent): number {
  if (event.type === 'gone') return exitCodes.notFound.code
  const hasFailed = event.type === 'ended' && event.job.state !== 'succeeded'
  return hasFailed && exitCode === exitCodes.success.code ? exitCodes.failure.code : exitCode
}

/** Creates the error for Ctrl-C. It says that the jobs continue, and how to resume the watch. */
function createInterruption(refs: readonly string[], { jobs }: WatchView, flags: WatchFlags): InterruptedError {
  const openCount = [...jobs.values()].filter(job => !isEnded(job)).length
  const openRefs = refs.filter(ref => !isEnded(jobs.get(ref)))
  const jobsContinue = openCount === 1 ? 'The job continues.' : 'The jobs continue.'
  const resume = formatResumeCommand('watch', openRefs, flags)
  return new InterruptedError(`Interrupted. ${jobsContinue} To resume, run: ${resume}`)
}
