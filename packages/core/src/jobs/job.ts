import type { JobState } from '../generated/job-state.gen.ts'

/** A job of any kind, read from a response by the rules of its kind. */
export interface Job {
  /**
   * The path parameters of the job's `get` operation, in order. They identify the job. Parameters that the response does not contain are
   * absent.
   */
  readonly key: { readonly [parameter: string]: string }
  /** Name of the job. `undefined` if the kind has no names or the name is empty. */
  readonly name: string | undefined
  readonly state: JobState
  /** The state as the service sent it. */
  readonly rawState: string
  readonly createdAt: Date | undefined
  readonly startedAt: Date | undefined
  readonly updatedAt: Date | undefined
  readonly finishedAt: Date | undefined
  /**
   * Run time in milliseconds: the value that the service sent (for a running job, the run time so far), or else the time from `startedAt`
   * to `finishedAt`.
   */
  readonly duration: number | undefined
  /** The user who submitted the job. */
  readonly owner: string | undefined
  /** The service's explanation of the state. */
  readonly reason: string | undefined
}
