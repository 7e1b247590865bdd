import type { TimeField } from '../generated/extension-values.gen.ts'
import type { JobState } from '../generated/job-state.gen.ts'
import type { CallOptions } from '../http/client-options.ts'

export type { JobState }

/**
 * A kind of job in the clients: its entry in the spec's `x-jobs`, without descriptions and without the properties for the mock. It is
 * generated as `jobs.gen.ts`. All pointers are JSON Pointers.
 */
export interface JobKind {
  /**
   * Path parameters of `get`, in the order of a job reference. Each has the pointer to its value in a job, or `''` if jobs do not contain
   * this value.
   */
  readonly key: { readonly [parameter: string]: string }
  /**
   * How to read one job. `at` points at the job in the response. If `find` is set, `at` points at the array of a list, and this array is
   * searched.
   */
  readonly get: {
    readonly operation: string
    readonly at: string
    /** The parts of the key that the list does not take as parameters. */
    readonly find?: readonly string[]
    /**
     * Searches the list: `findJob`. The function is a property of the kind, so bundles of clients without such a kind do not contain the
     * function.
     */
    readonly run?: (target: JobTarget, options: CallOptions) => Promise<unknown>
  }
  readonly list?: {
    readonly operation: string
    readonly at: string
    /** Arguments that sort the list from new to old. */
    readonly args?: { readonly [name: string]: unknown }
    /** The time that the list is sorted by, from new to old. Absent if the list is not sorted. */
    readonly sortedBy?: TimeField
    /** Parameters that the list requires, with all their values. To list all jobs, call the operation once per value. */
    readonly each?: { readonly [name: string]: readonly unknown[] }
  }
  /**
   * Operations that create a job, the default operation first. For each operation, the value is the pointer to the object in its response
   * that contains the key.
   */
  readonly create?: { readonly [operation: string]: string }
  readonly start?: JobAction
  /** `run` is the function `cancelJob`, which calls the operation. */
  readonly cancel?: JobAction & { readonly run?: (target: JobTarget, options?: CallOptions) => Promise<void> }
  /** Where to read the progress of a running job, from 0 to 1. */
  readonly progress?: JobPlace
  readonly logs?: JobLogs
  /** Pointers into a job. */
  readonly fields: JobFields
  /** Seconds between two polls of a job. */
  readonly polling: { readonly interval: number; readonly maxInterval: number }
  /** `false` if jobs of the kind run until somebody stops them. */
  readonly endsByItself?: false
  /** The meaning of each state, by the value that the service sends. */
  readonly states: { readonly [rawState: string]: JobState | JobStateRule }
}

/** A value in the response of an operation. */
export interface JobPlace {
  readonly operation: string
  readonly at: string
}

/**
 * How to read the log of a job. `at` points at the lines of the log, or at a text that contains them. Without `after`, the response
 * contains the whole log or its last lines.
 */
export interface JobLogs extends JobPlace {
  readonly args?: { readonly [name: string]: unknown }
  /**
   * The parameter that chooses one of a job's several logs. The values of this parameter are in the job or in the response of an operation.
   */
  readonly each?: { readonly [parameter: string]: string | JobPlace }
  /** Parameters that request the next lines of the log. Each parameter has the pointer to its value in the previous response. */
  readonly after?: { readonly [parameter: string]: string }
}

/** How to start or cancel a job. */
export interface JobAction {
  readonly operation: string
  readonly args?: { readonly [name: string]: unknown }
  readonly body?: object
  /** Parts of the key that the operation does not take as parameters. The body may contain these parts as `$name`. */
  readonly without?: readonly string[]
}

export interface JobFields {
  readonly name?: string
  readonly state: string
  readonly createdAt?: string
  readonly startedAt?: string
  readonly updatedAt?: string
  readonly finishedAt?: string
  /** The run time in milliseconds. */
  readonly duration?: string
  /** Who submitted the job. */
  readonly owner?: string
  readonly reason?: string
}

/** The meaning of a state that the eight common states cannot fully express. */
export interface JobStateRule {
  readonly is: JobState
  /** How many seconds a terminal state must last before it is final. Absent if a job cannot leave the state. */
  readonly settle?: number
  /** The field with the time when the job entered this state. Without it, `settle` counts from the first poll that finds the state. */
  readonly settleFrom?: 'updatedAt' | 'finishedAt'
  /** Whether a job cannot leave this state by itself, although the state is not terminal. */
  readonly stable?: true
}

/** A job of a client: its kind, and the arguments that identify it. */
export interface JobTarget {
  readonly client: object
  readonly kind: JobKind
  /** The key of the job, and other arguments that the operations of the kind require. */
  readonly args: Readonly<Record<string, unknown>>
}
