import type { Clock, Duration } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'
import { type LogLine, parseRef } from '@jobscope/jobs'
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { exitCodes } from '../exit-codes.ts'
import { reportError } from '../failure.ts'
import { readKey } from '../jobs/call-job-operation.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { findServicesOfRefs } from '../jobs/find-needed-services.ts'
import { formatLogLine } from '../jobs/follow-logs.ts'
import { formatFollowUpCommand, formatResumeCommand } from '../jobs/follow-up-command.ts'
import { createLogFilter, type LogFilterFlags } from '../jobs/log-filter.ts'
import { createRefResolver } from '../jobs/resolve-refs.ts'
import { shortenRefTexts } from '../jobs/short-refs.ts'
import { createOutput, type OutputFlags } from '../output/output.ts'
import { findKind, type Kind } from '../spec/kinds.ts'
import { type Operation, readOperations } from '../spec/operation.ts'
import { InterruptedError } from '../terminal/interrupted-error.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface LogsFlags extends ConnectionFlags, OutputFlags, LogFilterFlags {
  readonly follow?: boolean
  readonly interval?: Duration
  /** Print only the last lines of each log. */
  readonly tail?: number
}

/**
 * `jobscope logs`: prints the logs of jobs. With several jobs, each line has a prefix. The command also prints, to stderr, which
 * part of a log the service returns.
 *
 * @returns the exit code of the first failure
 */
export async function logs(texts: readonly string[], flags: LogsFlags, terminal: Terminal): Promise<number> {
  const { follow = false, interval, tail } = flags
  const { signal, note, paint, clock = systemClock } = terminal
  const jobs = connectJobs(await connect(flags, terminal), { needed: await findServicesOfRefs(texts) })
  const refs = await Promise.all(texts.map(createRefResolver(jobs, terminal, flags)))
  const shortRefs = shortenRefTexts(refs)
  const output = await createOutput(flags, terminal)
  const options = { signal, ...(interval && { interval }) }
  const printLine = (ref: string, line: LogLine): Promise<void> => {
    if (!output.isText) return output.write(refs.length > 1 ? { ref, ...line } : line)
    const prefix = refs.length > 1 ? paint('dim', `${shortRefs.get(ref) ?? ref}  `) : ''
    return terminal.print(`${prefix}${formatLogLine(line, terminal)}\n`)
  }
  const printLog = async (ref: string) => {
    const { matches, lacksTimes } = createLogFilter(flags, terminal.now())
    const last: LogLine[] = []
    let isFirstPoll = true
    /** Prints the last lines after the first poll. From then on, each line is new and is printed at once. */
    const finishFirstPoll = async () => {
      if (!isFirstPoll) return
      isFirstPoll = false
      noteMissingTimes()
      for (const line of last) await printLine(ref, line)
    }
    let isNoted = false
    const noteMissingTimes = () => {
      if (!isNoted && lacksTimes()) note(paint('dim', formatMissingTimes(ref)))
      isNoted ||= lacksTimes()
    }
    // The pause after a poll is the only sign that the poll has read all lines of the log.
    const pollClock: Clock = {
      now: () => clock.now(),
      async sleep(ms, sleepSignal) {
        await finishFirstPoll()
        return clock.sleep(ms, sleepSignal)
      },
    }
    for await (const line of jobs.logs(ref, { ...options, follow, clock: pollClock })) {
      if (!matches(line.text)) continue
      if (tail === undefined || !isFirstPoll) await printLine(ref, line)
      else if (last.push(line) > tail) last.shift()
    }
    await finishFirstPoll()
    noteMissingTimes()
    if (output.isText) await noteCoverage(ref, flags, terminal)
  }
  try {
    if (refs.length === 1) {
      await printLog(refs[0] as string)
      return exitCodes.success.code
    }
    let exitCode: number = exitCodes.success.code
    const run = async (ref: string) => {
      try {
        await printLog(ref)
      } catch (error) {
        if (signal.aborted) throw error
        exitCode ||= reportError(error, terminal)
      }
    }
    // With `--follow`, the lines of all logs are printed as they are written. Otherwise the logs are printed one after the other.
    if (follow) await Promise.all(refs.map(run))
    else for (const ref of refs) await run(ref)
    return exitCode
  } catch (error) {
    if (!signal.aborted) throw error
    const resume = formatResumeCommand('logs', refs, { ...flags, follow: true })
    const continues = refs.length === 1 ? 'The job continues.' : 'The jobs continue.'
    throw new InterruptedError(`Interrupted. ${continues} To resume, run: ${resume}`)
  }
}

const formatMissingTimes = (ref: string): string =>
  `The lines of the log of ${ref} have no date and time at their beginning, so --since selects none of them. To print the last lines, use --tail.`

/** Prints which part of the log the service returns. Without this note, users could think that the end of a log is the whole log. */
async function noteCoverage(ref: string, flags: ConnectionFlags, { note, paint }: Terminal): Promise<void> {
  const { service, kind: kindName } = parseRef(ref)
  const kind = await findKind(`${service}:${kindName}`)
  const { operations } = kind
  const coverage = operations.logs?.coverage.replace(/\s+/g, ' ')
  if (!coverage) return
  // Prints only the first sentence, because it is a summary. The other sentences are about `--follow`, or they name other operations.
  const [summary = ''] = /^.*?\.(?= |$)/.exec(coverage) ?? []
  note(paint('dim', summary))
  const known = (await readOperations()).filter(operation => operation.service === service)
  for (const [, id] of coverage.matchAll(/`(\w+)`/g)) {
    const operation = known.find(each => each.id === id)
    if (!operation) continue
    const command = formatFollowUpCommand(
      'api',
      [`${service}.${operation.id}`, ...listArguments(operation, ref, kind)],
      flags,
    )
    note(paint('dim', `All lines: ${command}`))
  }
}

/**
 * Returns the required parameters of an operation as arguments. The parameters that identify the job have their values. All other
 * parameters have a placeholder that the user must replace.
 */
function listArguments({ parameters }: Operation, ref: string, kind: Kind): string[] {
  const key = readKey({ ref, keyNames: Object.keys(kind.key) })
  return parameters
    .filter(({ required, name }) => required && name !== 'project_id')
    .map(({ name }) => `${name}=${key[name] ?? `<${name}>`}`)
}
