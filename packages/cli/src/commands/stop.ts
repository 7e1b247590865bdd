import { type ActFlags, actOnJobs, findRoleRule } from '../jobs/act-on-jobs.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface StopFlags extends ActFlags {
  readonly savepoint?: boolean
}

/** `jobscope stop`: stops jobs. With `--savepoint`, the service takes a savepoint before it stops a job. Returns the exit code. */
export const stop = (texts: readonly string[], flags: StopFlags, terminal: Terminal): Promise<number> =>
  actOnJobs(
    {
      verb: 'Stop',
      done: flags.savepoint ? 'Savepoint and stop requested' : 'Stop requested',
      member: 'stopRequested',
      asks: false,
      skipsEnded: true,
      findRule: ({ operations, savepoints }) => (flags.savepoint ? savepoints?.stop : findRoleRule(operations.cancel)),
      unsupported: flags.savepoint ? 'have no savepoints. Omit --savepoint.' : 'cannot be stopped.',
    },
    texts,
    flags,
    terminal,
  )

/** `jobscope restore`: starts jobs from their latest savepoints. Returns the exit code. */
export const restore = (texts: readonly string[], flags: ActFlags, terminal: Terminal): Promise<number> =>
  actOnJobs(
    {
      verb: 'Restore',
      done: 'Requested a start from the latest savepoint',
      member: 'restoreRequested',
      asks: false,
      skipsEnded: false,
      findRule: ({ savepoints }) => savepoints?.restore,
      unsupported: 'have no savepoints. To submit such a job again, run jobscope retry.',
    },
    texts,
    flags,
    terminal,
  )
