import type { Duration } from '@jobscope/core'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { formatResumeCommand } from '../jobs/resume-command.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind } from '../spec/kinds.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import { removeControlCharacters } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface LogsFlags extends ConnectionFlags, OutputFlags {
  readonly follow?: boolean
  readonly interval?: Duration
}

/** `jobscope logs`: prints the log of a job. It prints to stderr which part of the log the service returns. */
export async function logs(text: string, flags: LogsFlags, terminal: Terminal): Promise<void> {
  const { follow = false, interval } = flags
  const { signal, paint } = terminal
  const jobs = connectJobs(await connect(flags, terminal))
  const ref = await createRefResolver(jobs, signal)(text)
  const output = await createOutput(flags, terminal)
  try {
    for await (const line of jobs.logs(ref, { follow, signal, ...(interval && { interval }) })) {
      if (!output.isText) {
        await output.write(line)
        continue
      }
      const source = line.source === undefined ? '' : paint('dim', `${removeControlCharacters(line.source)}  `)
      await terminal.print(`${source}${removeControlCharacters(line.text)}\n`)
    }
    if (output.isText) await noteCoverage(ref, terminal)
  } catch (error) {
    if (!signal.aborted) throw error
    const resume = formatResumeCommand('logs', [ref], flags)
    throw new InterruptedError(`Interrupted. The job continues. To resume, run: ${resume} --follow`)
  }
}

/** Prints which part of the log the service returns. Otherwise users could take the end of a log for the whole log. */
async function noteCoverage(ref: string, { note, paint }: Terminal): Promise<void> {
  const [service, kind] = ref.split(':')
  const { operations } = await findKind(`${service}:${kind}`)
  const coverage = operations.logs?.coverage.replace(/\s+/g, ' ')
  if (coverage) note(paint('dim', `Coverage of this log: ${coverage}`))
}
