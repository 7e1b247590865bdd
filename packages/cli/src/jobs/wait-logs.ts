import { toMilliseconds } from '@jobscope/core/internal'
import type { Clients, Jobs } from '@jobscope/jobs'
import type { Terminal } from '../terminal/terminal.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { followLogs } from './follow-logs.ts'
import { formatFollowUpCommand } from './follow-up-command.ts'
import type { WaitFlags } from './wait-flags.ts'

/** The logs that a command with `--follow` prints while it waits for jobs. */
export interface WaitLogs {
  /** Prints the rest of the logs, after the jobs have ended. The last lines often say why a job failed. */
  finish(): Promise<void>
  /** Stops printing. */
  stop(): Promise<void>
}

/** How long to read the rest of the logs after the jobs have ended. The help of the command names this time. */
const logRestTime = '60s'

/** Starts to print the logs of jobs, if `--follow` is set. Printing stops at the deadline. */
export function startWaitLogs(
  refs: readonly string[],
  flags: WaitFlags,
  jobs: Jobs<Clients>,
  deadline: Deadline,
  terminal: Terminal,
): WaitLogs {
  const { follow, interval } = flags
  if (!follow) return { async finish() {}, async stop() {} }
  const stopping = new AbortController()
  const signal = AbortSignal.any([terminal.signal, stopping.signal, deadline.signal])
  const following = followLogs(refs, jobs, { signal, ...(interval && { interval }) }, terminal)
  return {
    async finish() {
      // A log is polled once per interval, so its rest may be read only after one more interval.
      const pause = interval === undefined ? 0 : toMilliseconds(interval, 'interval')
      const limit = startDeadline(toMilliseconds(logRestTime, 'timeout') + pause)
      limit.signal.addEventListener('abort', () => stopping.abort())
      const unfinished = await following
      limit.clear()
      if (terminal.signal.aborted) return
      for (const ref of unfinished) {
        const command = formatFollowUpCommand('logs', [ref], flags)
        terminal.note(terminal.paint('dim', `The log of ${ref} was not read to its end. To read it, run: ${command}`))
      }
    },
    async stop() {
      stopping.abort()
      await following
    },
  }
}
