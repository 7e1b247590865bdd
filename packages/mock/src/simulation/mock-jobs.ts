import type { Scenario } from './scenario.ts'

/** A simulated job. */
export interface MockJob {
  /** The job's reference, as `@jobscope/jobs` writes it: `dli:batch:0a324461-…`. If the key has several parts, `/` separates them. */
  readonly ref: string
  /** `dli:batch` */
  readonly kind: string
  /** The parts of the key. Each name is the name of a path parameter. */
  readonly key: { readonly [parameter: string]: string }
  /** The state as the service writes it. */
  readonly rawState: string
  /** One of the eight states of the type `JobState` of `@jobscope/core`. */
  readonly state: string
  /** In epoch milliseconds of the mock's clock, like all times of a job. */
  readonly createdAt: number
  readonly updatedAt: number
  /** `undefined` until the job is in a terminal state. */
  readonly finishedAt: number | undefined
  /** The submitted properties. The longest texts and lists of a large request are cut: see the README. */
  readonly submitted: { readonly [name: string]: unknown }
}

/** The simulated jobs of a mock. Reading a job with these methods never moves the job to its next state. */
export interface MockJobs {
  readonly size: number
  /** Returns all jobs, or the jobs of a kind such as `dli:batch`, oldest first. Throws for an unknown kind. */
  list(kind?: string): MockJob[]
  /** Returns `undefined` if there is no such job. */
  get(ref: string): MockJob | undefined
  /** Sets the states that the job takes from now on. Throws for an unknown job, scenario or state. */
  setScenario(ref: string, scenario: Scenario): void
  /** Deletes the job, so that no response contains it. Throws for an unknown job. */
  delete(ref: string): void
}
