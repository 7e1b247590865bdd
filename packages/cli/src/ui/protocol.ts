import type { JobState } from '@jobscope/core'

/** A job as the page shows it. All times are in epoch ms. */
export interface PageJob {
  readonly ref: string
  readonly service: string
  readonly kind: string
  readonly id: string
  readonly name?: string
  readonly state: JobState
  readonly rawState: string
  readonly owner?: string
  readonly queue?: string
  /** When the job was created. If the service does not send this time, the earliest other time of the job. */
  readonly begin?: number
  /** When the job started to run. */
  readonly start?: number
  /** When the job ended. */
  readonly end?: number
}

/** A state of a job, and the time at which the job entered it. */
export interface StateChange {
  readonly state: JobState
  /** The state as the service sends it, if it is known. */
  readonly rawState?: string
  /** In epoch ms. */
  readonly at: number
  /**
   * Where the time comes from. `service`: the service sent it. `duration`: computed from the run time. `observed`: this process
   * observed the change.
   */
  readonly source: 'service' | 'duration' | 'observed'
}

/** A kind of job, and what can be done with its jobs. */
export interface PageKind {
  readonly service: string
  readonly serviceTitle: string
  readonly kind: string
  readonly title: string
  readonly canCancel: boolean
  readonly hasLogs: boolean
}

/** Whether the jobs of a kind could be read. */
export type KindStatus =
  | { readonly status: 'loading' | 'ready' }
  /** The newest jobs were read. The service has more jobs than the page shows. */
  | { readonly status: 'truncated'; readonly limit: number }
  /** The jobs could not be read. The server tries again. */
  | { readonly status: 'failed'; readonly message: string }
  /** Jobs cannot be read until an option is set. */
  | { readonly status: 'unavailable'; readonly message: string }

/** The status of all kinds, by name: `dli:batch`. */
export interface KindStatuses {
  readonly [kind: string]: KindStatus
}

/** The events of `/api/events`, by name. */
export interface PageEvents {
  /** The first event. */
  readonly hello: {
    readonly version: string
    /** Where the jobs come from: `eu-de · otc`. */
    readonly connection: string
    readonly kinds: readonly PageKind[]
    /** In epoch ms. Jobs that have ended are listed only if they were created after this time. */
    readonly since: number
    /** The time of this process in epoch ms. */
    readonly now: number
    /** Whether the server can read the history of jobs from the database of a watcher. */
    readonly hasHistory: boolean
  }
  readonly statuses: KindStatuses
  /** New and changed jobs. After `hello`, the server first sends all jobs. */
  readonly jobs: readonly PageJob[]
  /** References of jobs that the service does not return any more. */
  readonly removed: readonly string[]
}

/** The response of `/api/jobs/<ref>`. */
export interface JobDetails {
  readonly job: PageJob
  readonly changes: readonly StateChange[]
  /** What the state means, from the spec. */
  readonly stateMeaning?: string
  readonly reason?: string
  readonly progress?: number
  /** How a job that has ended can be run again. Missing if the service does not show the data that this requires. */
  readonly retry?: {
    /** The operation that is called. */
    readonly operation: string
    /** The request that creates the new job. Missing if the same job is started again. */
    readonly body?: unknown
    /** The parts of the request that the service does not show. The new job lacks these parts. */
    readonly omits?: string
  }
  /** Which part of the log the service returns. */
  readonly logCoverage?: string
  /** The job as the service sent it, without secrets. */
  readonly raw: unknown
}

/** A line of the response of `/api/jobs/<ref>/logs`. */
export type LogMessage =
  | { readonly text: string; readonly source?: string }
  | { readonly error: string }
  | { readonly end: true }

/** The response of `/api/history`. */
export interface PageHistory {
  /** The length of a period in ms. */
  readonly period: number
  /** In epoch ms. */
  readonly since: number
  readonly until: number
  /** Each item summarizes the jobs with the same name that ended in the same period. The oldest period is first. Durations are in ms. */
  readonly periods: readonly {
    readonly name?: string | undefined
    readonly from: number
    readonly count: number
    readonly succeeded: number
    readonly p50?: number | undefined
    readonly p95?: number | undefined
  }[]
  /** The most frequent reasons first. */
  readonly failures: readonly { readonly reason?: string | undefined; readonly count: number }[]
}
