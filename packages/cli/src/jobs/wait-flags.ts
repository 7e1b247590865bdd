import type { Duration } from '@jobscope/core'
import type { ConnectionFlags } from '../connection.ts'
import type { OutputFlags } from '../output/output.ts'
import type { AnnounceFlags } from './announce-jobs.ts'

/** The flags of commands that wait for jobs. */
export interface WaitFlags extends ConnectionFlags, OutputFlags, AnnounceFlags {
  readonly any?: boolean
  /**
   * Whether to wait until the jobs have ended, or until they are running. @default 'running' for kinds of jobs that do not end by
   * themselves, else 'ended'
   */
  readonly until?: 'ended' | 'running'
  readonly timeout: Duration
  readonly interval?: Duration
  /** Prints the logs of the jobs while they run. */
  readonly follow?: boolean
  readonly failFast?: boolean
  readonly cancelOnTimeout?: boolean
  readonly cancelOnInterrupt?: boolean
}
