import { type ActFlags, actOnJobs, findRoleRule } from '../jobs/act-on-jobs.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `jobscope delete`: deletes jobs, including their records. Returns the exit code. */
export const deleteJobs = (texts: readonly string[], flags: ActFlags, terminal: Terminal): Promise<number> =>
  actOnJobs(
    {
      verb: 'Delete',
      done: 'Deleted',
      member: 'deleted',
      asks: true,
      skipsEnded: false,
      findRule: ({ operations }) => findRoleRule(operations.delete),
      unsupported: 'cannot be deleted, because the service has no operation for this.',
    },
    texts,
    flags,
    terminal,
  )
