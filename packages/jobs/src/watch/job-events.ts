import type { JobState } from '@jobscope/core'
import type { Job } from '../service-job.ts'

/** The state in which a job was seen before. */
export interface SeenState {
  readonly state: JobState
  readonly rawState: string
}

/** What a watch tells. */
export type JobEvent<J = Job> = JobAppeared<J> | JobChanged<J> | JobEnded<J> | JobGone | WatchFailed

/** A job that has not ended is seen for the first time. */
export interface JobAppeared<J = Job> {
  readonly type: 'appeared'
  readonly job: J
}

/** The state of a job is another one, and not the end. States between two looks are not seen. */
export interface JobChanged<J = Job> {
  readonly type: 'changed'
  readonly job: J
  readonly previous: SeenState
}

/** A job has ended: the last that is told of it. */
export interface JobEnded<J = Job> {
  readonly type: 'ended'
  readonly job: J
  /** Undefined where it had ended when it was first seen. */
  readonly previous: SeenState | undefined
}

/** The service no longer knows the job, or never knew it: the last that is told of it. */
export interface JobGone {
  readonly type: 'gone'
  readonly ref: string
  /** Undefined where it was never seen. */
  readonly previous: SeenState | undefined
  /** What the service said: an ApiError of the kind `not-found`. */
  readonly error: unknown
}

/** A look failed, the retries of the client included. The watch goes on, and looks again later. */
export interface WatchFailed {
  readonly type: 'error'
  readonly service: string
  readonly kind: string
  /** The only job that it is about; undefined where it is about the kind. */
  readonly ref: string | undefined
  readonly error: unknown
  /** So many looks have failed, one after the other. */
  readonly count: number
}
