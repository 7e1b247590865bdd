import type { JobState } from '@jobscope/core'
import type { ServiceJob } from '../service-job.ts'

/** The state of a job at the previous poll. */
export interface PreviousState {
  readonly state: JobState
  readonly rawState: string
}

/** An event of a watch. */
export type JobEvent<J = ServiceJob> = JobAppeared<J> | JobChanged<J> | JobEnded<J> | JobGone | WatchError

/** A job was read for the first time, and has not ended. */
export interface JobAppeared<J = ServiceJob> {
  readonly type: 'appeared'
  readonly job: J
}

/** The state of a job has changed, and the job has not ended. A state that begins and ends between two polls causes no event. */
export interface JobChanged<J = ServiceJob> {
  readonly type: 'changed'
  readonly job: J
  readonly previous: PreviousState
}

/** A job has ended. This is the last event of the job. */
export interface JobEnded<J = ServiceJob> {
  readonly type: 'ended'
  readonly job: J
  /** Undefined if the job had already ended when it was read for the first time. */
  readonly previous: PreviousState | undefined
}

/** The service no longer returns the job, or has never returned it. This is the last event of the job. */
export interface JobGone {
  readonly type: 'gone'
  readonly ref: string
  /** Undefined if the job was never read. */
  readonly previous: PreviousState | undefined
  /** An ApiError of kind `not-found`. */
  readonly error: unknown
}

/** A poll failed, and the client's retries failed too. The watch continues and polls again later. */
export interface WatchError {
  readonly type: 'error'
  readonly service: string
  readonly kind: string
  /** The job whose poll failed. Undefined if the poll of all jobs of the kind failed. */
  readonly ref: string | undefined
  readonly error: unknown
  /** How many polls in a row have failed. */
  readonly count: number
}
