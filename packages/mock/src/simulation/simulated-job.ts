import type { Clock } from './clock.ts'
import { isTerminal, type JobRules, meaningOf } from './rules.ts'
import type { Json } from './schema.ts'

/** When what became of a job, so far. */
export interface JobTimes {
  readonly state: string
  readonly createdAt: number
  readonly startedAt: number | undefined
  readonly updatedAt: number
  readonly endedAt: number | undefined
}

/**
 * A job in memory: its key, what was submitted, and the states it takes with the moments when it takes them. Nothing
 * ticks: what is true now is computed when somebody asks.
 */
export class SimulatedJob {
  readonly key: readonly string[]
  /** How long a state lasts, in milliseconds. */
  readonly #step: number
  /** What the caller sent, by the names of the request; and values that its operation implies. */
  submitted: Json
  readonly #rules: JobRules
  readonly #clock: Clock
  #states: readonly string[] = []
  /** When each state begins; one that waits for a read begins at Infinity. */
  #times: number[] = []
  /** Index of the first state since the last start. */
  #phase = 0

  constructor(rules: JobRules, clock: Clock, key: readonly string[], submitted: Json, step: number) {
    this.#rules = rules
    this.#clock = clock
    this.key = key
    this.submitted = submitted
    this.#step = step
  }

  /** From now on (or from another moment) the job takes these states. */
  setStates(states: readonly string[], since = this.#clock.now()): void {
    const past = this.#states.length === 0 ? 0 : this.#index(since) + 1
    this.#states = [...this.#states.slice(0, past), ...states]
    const times = states.map((_, i) =>
      i === 0 ? since : this.#clock.perPoll ? Number.POSITIVE_INFINITY : since + i * this.#step,
    )
    this.#times = [...this.#times.slice(0, past), ...times]
  }

  /** The same, as a new run: it has not started yet. */
  start(states: readonly string[], since?: number): void {
    this.setStates(states, since)
    this.#phase = this.#states.length - states.length
  }

  get state(): string {
    return this.#states[this.#index(this.#clock.now())] ?? ''
  }

  get isEnded(): boolean {
    return isTerminal(this.#rules, this.state)
  }

  get isWaiting(): boolean {
    return meaningOf(this.#rules, this.state).rests
  }

  get createdAt(): number {
    return this.#times[0] ?? 0
  }

  /** When the state changes next by itself; Infinity if it does not. */
  get changesAt(): number {
    return this.#times[this.#index(this.#clock.now()) + 1] ?? Number.POSITIVE_INFINITY
  }

  getTimes(): JobTimes {
    const index = this.#index(this.#clock.now())
    const state = this.#states[index] ?? ''
    const started = this.#states.findIndex(
      (wire, i) => i >= this.#phase && i <= index && meaningOf(this.#rules, wire).is === 'running',
    )
    const updatedAt = this.#times[index] ?? 0
    return {
      state,
      createdAt: this.createdAt,
      startedAt: started < 0 ? undefined : this.#times[started],
      updatedAt,
      endedAt: isTerminal(this.#rules, state) ? updatedAt : undefined,
    }
  }

  /** Somebody saw the state: where reads move jobs, the next one is there for the next read. */
  markRead(): void {
    if (!this.#clock.perPoll) return
    const next = this.#index(this.#clock.now()) + 1
    if (this.#times[next] === Number.POSITIVE_INFINITY) this.#times[next] = this.#clock.now()
  }

  #index(now: number): number {
    let index = this.#times.length - 1
    while (index > 0 && (this.#times[index] ?? 0) > now) index--
    return index
  }
}
