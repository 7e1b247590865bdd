import type { JobKindSpec } from '@jobscope/specs'
import type { Clock } from './clock.ts'
import { getStateRule, isTerminalState } from './job-states.ts'
import type { Json } from './schema.ts'

/** The current state of a job, and the times of its changes in epoch milliseconds. */
export interface JobTimes {
  readonly state: string
  readonly createdAt: number
  /** When the job first reached a running state after its last start. */
  readonly startedAt: number | undefined
  readonly updatedAt: number
  readonly finishedAt: number | undefined
}

/** How long a job has been running at the time `now`, or how long it ran before it ended, in milliseconds. 0 if it never ran. */
export function getDuration({ startedAt, finishedAt }: JobTimes, now: number): number {
  const until = finishedAt ?? now
  return Math.max(0, Math.floor(until - (startedAt ?? until)))
}

export interface SimulatedJobOptions {
  readonly rules: JobKindSpec
  readonly clock: Clock
  readonly key: readonly string[]
  readonly submitted: Json
  /** How long a state lasts, in milliseconds. */
  readonly getStateDuration: (state: string) => number
}

/** A state that a job reached, and when. */
interface ReachedState {
  readonly state: string
  readonly since: number
}

export interface PlanOptions {
  /** When the first state is reached, in epoch milliseconds. @default now */
  readonly since?: number | undefined
  /** Whether the job is being canceled. Some services have the same state for a canceled and a failed job. @default false */
  readonly isCanceled?: boolean | undefined
}

/** A job in memory. The job uses no timers: its state is computed when the job is read. */
export class SimulatedJob {
  readonly key: readonly string[]
  /** The submitted properties by their names in the request, and the values that are implied by the operation that created the job. */
  submitted: Json
  readonly #rules: JobKindSpec
  readonly #clock: Clock
  readonly #getStateDuration: (state: string) => number
  /** The states that the job has reached. The last item is the current state. */
  readonly #reached: ReachedState[] = []
  /** The next states, as planned by the scenario. */
  #planned: readonly string[] = []
  /** The index in `#reached` of the first state since the last start. */
  #runStart = 0
  #isCanceled = false

  constructor({ rules, clock, key, submitted, getStateDuration }: SimulatedJobOptions) {
    this.#rules = rules
    this.#clock = clock
    this.key = key
    this.submitted = submitted
    this.#getStateDuration = getStateDuration
  }

  /** Replaces the planned states. */
  setStates(states: readonly string[], { since = this.#clock.now(), isCanceled = false }: PlanOptions = {}): void {
    this.#advance(since)
    this.#isCanceled = isCanceled
    const [state, ...planned] = states
    this.#planned = planned
    if (state !== undefined) this.#reached.push({ state, since })
  }

  /** Replaces the planned states, and begins a new run of the job. */
  start(states: readonly string[], options?: PlanOptions): void {
    this.setStates(states, options)
    this.#runStart = Math.max(0, this.#reached.length - 1)
  }

  get state(): string {
    return this.#current?.state ?? ''
  }

  get isTerminal(): boolean {
    return isTerminalState(this.#rules, this.state)
  }

  /** Whether the job is in a failed state for another reason than a cancellation. */
  get hasFailed(): boolean {
    return !this.#isCanceled && getStateRule(this.#rules, this.state).is === 'failed'
  }

  /** Whether the job waits for a call that starts it. */
  get isWaiting(): boolean {
    return getStateRule(this.#rules, this.state).stable === true
  }

  get createdAt(): number {
    return this.#reached[0]?.since ?? 0
  }

  /** When the next state is reached. Infinity if time alone does not change the state. */
  get changesAt(): number {
    const current = this.#current
    if (!current || this.#planned.length === 0 || this.#clock.perPoll) return Number.POSITIVE_INFINITY
    return current.since + this.#getStateDuration(current.state)
  }

  getTimes(): JobTimes {
    const { state = '', since: updatedAt = 0 } = this.#current ?? {}
    const running = this.#reached.find(
      (reached, i) => i >= this.#runStart && getStateRule(this.#rules, reached.state).is === 'running',
    )
    return {
      state,
      createdAt: this.createdAt,
      startedAt: running?.since,
      updatedAt,
      finishedAt: isTerminalState(this.#rules, state) ? updatedAt : undefined,
    }
  }

  /**
   * Records that the state of the job was read. With a per-poll clock, the next read returns the next state.
   *
   * @returns whether the state of the job has changed
   */
  markRead(): boolean {
    const next = this.#clock.perPoll ? this.nextState(this.#clock.now()) : undefined
    if (next) this.#reach(next)
    return next !== undefined
  }

  /**
   * Returns the next planned state if this state is due, otherwise `undefined`. Without a per-poll clock, the next state is due when the
   * current state has lasted for the duration that `getStateDuration` returns. With a per-poll clock, the next state is due at every read.
   */
  nextState(now: number): ReachedState | undefined {
    const [state] = this.#planned
    const current = this.#reached.at(-1)
    if (state === undefined || !current) return undefined
    if (this.#clock.perPoll) return { state, since: now }
    const since = current.since + this.#getStateDuration(current.state)
    return since <= now ? { state, since } : undefined
  }

  get #current(): ReachedState | undefined {
    this.#advance(this.#clock.now())
    return this.#reached.at(-1)
  }

  /** Moves the job through all states that are due by time. */
  #advance(now: number): void {
    if (this.#clock.perPoll) return
    for (let next = this.nextState(now); next; next = this.nextState(now)) this.#reach(next)
  }

  #reach(next: ReachedState): void {
    this.#reached.push(next)
    this.#planned = this.#planned.slice(1)
  }
}
