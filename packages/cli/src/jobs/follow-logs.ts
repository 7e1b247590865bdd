import { type Duration, isArgumentError } from '@jobscope/core'
import type { Clients, Jobs, LogLine } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import { removeControlCharacters } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { shortenRefTexts } from './short-refs.ts'

export interface FollowOptions {
  readonly signal: AbortSignal
  readonly interval?: Duration
}

/**
 * Prints the new log lines of jobs until the jobs have ended. The lines go to standard error, so that standard output has only
 * results. With several jobs, each line has a prefix. If a log cannot be read, the function prints a note and continues with the
 * other logs.
 *
 * @returns the references of the jobs whose logs were not read to the end, because the signal aborted
 */
export async function followLogs(
  refs: readonly string[],
  jobs: Jobs<Clients>,
  { signal, interval }: FollowOptions,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { note, paint } = terminal
  const shortRefs = shortenRefTexts(refs)
  const unfinished: string[] = []
  const follow = async (ref: string) => {
    const prefix = refs.length > 1 ? paint('dim', `${shortRefs.get(ref) ?? ref}  `) : ''
    try {
      for await (const line of jobs.logs(ref, { follow: true, signal, ...(interval && { interval }) })) {
        note(`${prefix}${formatLogLine(line, terminal)}`)
      }
    } catch (error) {
      if (signal.aborted) return void unfinished.push(ref)
      const text = isArgumentError(error) ? 'jobs of this kind have no logs' : describeError(error)
      note(paint('dim', `No log of ${ref}: ${text}`))
    }
  }
  await Promise.all(refs.map(follow))
  return unfinished
}

/** Formats a line of a log. If the service returns the task or the file of the line, the task or file is printed first. */
export function formatLogLine({ source, text }: LogLine, { paint }: Pick<Terminal, 'paint'>): string {
  const prefix = source === undefined ? '' : paint('dim', `${removeControlCharacters(source)}  `)
  return `${prefix}${removeControlCharacters(text)}`
}
