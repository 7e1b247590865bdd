import type { cancelJob } from './cancel.ts'
import type { findJob } from './find.ts'

/** A state that every kind of job maps to. `succeeded`, `failed` and `canceled` are terminal. */
export type JobState = 'queued' | 'starting' | 'running' | 'stopping' | 'succeeded' | 'failed' | 'canceled' | 'unknown'

/** What the runtime knows of a kind of job: its entry in the spec's `x-jobs`, without prose. Emitted as `jobs.gen.ts`. */
export interface JobKind {
  /** Path parameters of `get`, in the order of a reference, each with the pointer to its value in an item (`''`: not in the item). */
  readonly key: { readonly [parameter: string]: string }
  /** How to read one job; `at` points at the job in the body. With `find`, `op` is a list, whose items are searched for these parts of the key. */
  readonly get: {
    readonly op: string
    readonly at: string
    readonly find?: readonly string[]
    /** Searches the list: `findJob`. Given here, so that only kinds with `find` bring it along. */
    readonly by?: typeof findJob
  }
  readonly list?: {
    readonly op: string
    readonly at: string
    readonly args?: { readonly [name: string]: unknown }
    /** The field by which it is newest first; without one it has no order. */
    readonly sorted?: 'createdAt' | 'startedAt' | 'updatedAt' | 'endedAt'
    readonly each?: { readonly [name: string]: readonly unknown[] }
    readonly filters?: { readonly [name: string]: string }
  }
  /** Operations that create a job, each with the pointer to the object that holds the key. */
  readonly create?: { readonly [op: string]: string }
  readonly start?: JobAction
  /** `by` does it: `cancelJob`. */
  readonly cancel?: JobAction & { readonly by?: typeof cancelJob }
  /** How much of a running job is done, from 0 to 1. */
  readonly progress?: JobPlace
  readonly logs?: JobLogs
  /** Pointers into the job. */
  readonly fields: JobFields
  /** Seconds between two looks at the job: at first, and at most. */
  readonly poll: { readonly interval: number; readonly max: number }
  /** `false`: the job does not end by itself. */
  readonly ends?: false
  readonly states: { readonly [wire: string]: JobState | JobStateRule }
}

/** Something that an operation answers, and where in its body. */
export interface JobPlace {
  readonly op: string
  readonly at: string
}

/** How to read the log of a job: `at` leads to its lines, or to a text. */
export interface JobLogs extends JobPlace {
  readonly args?: { readonly [name: string]: unknown }
  /** Parameters with a log for each of their values, which stand in the job, or in what an operation answers. */
  readonly each?: { readonly [parameter: string]: string | JobPlace }
  /** The parameter that says which line is the first, and where the answer says it. */
  readonly from?: { readonly param: string; readonly at: string }
  /** Parameters that make the answer go on where another ended: pointers into that. */
  readonly after?: { readonly [parameter: string]: string }
}

export interface JobAction {
  readonly op: string
  readonly args?: { readonly [name: string]: unknown }
  readonly body?: { readonly [name: string]: unknown }
  /** Parts of the key that the operation does not take as parameters; its body may have them, as `$name`. */
  readonly without?: readonly string[]
}

export interface JobFields {
  readonly name?: string
  readonly state: string
  readonly createdAt?: string
  readonly startedAt?: string
  readonly updatedAt?: string
  readonly endedAt?: string
  /** How long it has run, in ms. */
  readonly duration?: string
  /** Who submitted it. */
  readonly owner?: string
  readonly reason?: string
}

export interface JobStateRule {
  readonly is: JobState
  /** Terminal only if it is seen again this many seconds later. */
  readonly settle?: number
  /** The state never moves by itself. */
  readonly rests?: true
}
