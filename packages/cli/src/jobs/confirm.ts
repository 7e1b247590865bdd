import type { ServiceJob } from '@jobscope/jobs'
import type { Output } from '../output/output.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { formatJobTable } from './format-jobs.ts'
import { toPlainJob } from './plain-job.ts'

export interface ConfirmFlags {
  /** Asks nothing. */
  readonly yes?: boolean
  /** Lists the jobs, but changes nothing. */
  readonly dryRun?: boolean
}

export interface ConfirmOptions {
  readonly output: Output
  readonly terminal: Terminal
  /** The text after `--dry-run to` in the error message. It says what `--dry-run` does. @default 'list them' */
  readonly dryRunPurpose?: string
}

/**
 * Lists the jobs that a command is about to change and asks for confirmation.
 *
 * @param verb the verb in the question: `Cancel`
 * @returns whether to continue
 * @throws InterruptedError if the input ends before the user has typed a line
 * @throws UsageError if standard input is not a terminal, and neither `--yes` nor `--dry-run` is set
 */
export async function confirm(
  verb: string,
  jobs: readonly ServiceJob[],
  { yes, dryRun }: ConfirmFlags,
  { output, terminal, dryRunPurpose }: ConfirmOptions,
): Promise<boolean> {
  if (yes && !dryRun) return true
  if (dryRun) {
    await printJobs(jobs, output, terminal)
    terminal.note(
      terminal.paint('dim', `Nothing was sent. The command would ${verb.toLowerCase()} ${countJobs(jobs)}.`),
    )
    return false
  }
  terminal.note(formatJobTable(jobs, terminal).trimEnd())
  if (!terminal.ask)
    throw new UsageError(
      `${verb} ${countJobs(jobs)}? Use --yes to confirm, or --dry-run to ${dryRunPurpose ?? `list ${jobs.length === 1 ? 'it' : 'them'}`}.`,
    )
  const answer = await terminal.ask(`${verb} ${countJobs(jobs)}? [y/N] `).catch((error: unknown) => {
    if (!(error instanceof InterruptedError)) throw error
    throw new InterruptedError(`${error.message} Nothing was sent.`, error.signal)
  })
  if (/^y(es)?$/i.test(answer.trim())) return true
  terminal.note('Nothing was sent.')
  return false
}

/** Prints the jobs of `--dry-run` in the selected format. */
async function printJobs(jobs: readonly ServiceJob[], output: Output, terminal: Terminal): Promise<void> {
  if (output.isText) {
    const text = terminal.interactive ? formatJobTable(jobs, terminal) : jobs.map(({ ref }) => `${ref}\n`).join('')
    return terminal.print(text)
  }
  for (const job of jobs) await output.write(toPlainJob(job))
}

const countJobs = ({ length }: readonly unknown[]): string => (length === 1 ? 'this job' : `these ${length} jobs`)
