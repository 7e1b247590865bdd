import type { ServiceJob } from '@jobscope/jobs'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { formatJobTable } from './format-jobs.ts'

export interface ConfirmFlags {
  /** Asks nothing. */
  readonly yes?: boolean
  /** Changes nothing, and lists the jobs. */
  readonly dryRun?: boolean
}

/**
 * Lists the jobs that a command is about to change and asks for confirmation.
 *
 * @param verb what happens to the jobs: `Cancel`
 * @returns whether to continue
 * @throws UsageError if there is nobody to ask, and `--yes` is not set
 */
export async function confirm(
  verb: string,
  jobs: readonly ServiceJob[],
  { yes, dryRun }: ConfirmFlags,
  terminal: Terminal,
): Promise<boolean> {
  if (yes && !dryRun) return true
  if (dryRun) {
    await terminal.print(
      terminal.interactive ? formatJobTable(jobs, terminal) : jobs.map(({ ref }) => `${ref}\n`).join(''),
    )
    terminal.note(
      terminal.paint('dim', `Nothing was sent. Without --dry-run: ${verb.toLowerCase()} ${countJobs(jobs)}.`),
    )
    return false
  }
  if (!terminal.ask)
    throw new UsageError(`${verb} ${countJobs(jobs)}? Use --yes to confirm, or --dry-run to list them.`)
  terminal.note(formatJobTable(jobs, terminal).trimEnd())
  const answer = await terminal.ask(`${verb} ${countJobs(jobs)}? [y/N] `)
  if (/^y(es)?$/i.test(answer.trim())) return true
  terminal.note('Nothing was sent.')
  return false
}

const countJobs = ({ length }: readonly unknown[]): string => (length === 1 ? 'this job' : `these ${length} jobs`)
