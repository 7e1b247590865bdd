import type { JobKindSpec } from '@jobscope/specs'
import { readPointer } from '@jobscope/specs'
import { createIdGenerator } from './id-generator.ts'
import type { KeyParts } from './job-call.ts'
import type { Kind } from './job-kind.ts'
import { createJobLister, type Page } from './job-lister.ts'
import { getStateRule } from './job-states.ts'
import { createJobStore, type JobStore } from './job-store.ts'
import type { ListQuery } from './list-query.ts'
import { getCancelStates, getCreatedStates, getScenarioStates, type Scenario } from './scenario.ts'
import { getSchemaAt } from './schema.ts'
import { SimulatedJob } from './simulated-job.ts'
import type { SimulationContext } from './simulation-context.ts'

/** The jobs of one kind, and the actions on them. */
export interface JobCollection {
  readonly kind: Kind
  readonly store: JobStore
  list(query: ListQuery): Page
  create(key: KeyParts, submitted: { [name: string]: unknown }, options?: CreateJobOptions): SimulatedJob
  /** Replaces the states that are planned for the job. */
  setScenario(job: SimulatedJob, scenario: Scenario): void
  /** @param since - when the job was started, in epoch milliseconds. The default is now. */
  start(job: SimulatedJob, scenario?: Scenario, since?: number): void
  cancel(job: SimulatedJob): void
  /** Records that the state of the job was read. With a per-poll clock, the next read returns the next state. */
  markRead(job: SimulatedJob): void
}

/** How long the states of a job last, in milliseconds. */
export interface StateDurations {
  /** How long each state before the running state lasts. */
  readonly waiting: number
  readonly running: number
}

export interface CreateJobOptions {
  readonly scenario?: Scenario | undefined
  /** When the job was created, in epoch milliseconds. @default now */
  readonly since?: number
  /** How long the states last. @default the polling interval of the kind */
  readonly durations?: StateDurations
}

export function createJobCollection(kind: Kind, { clock, random, getScenario }: SimulationContext): JobCollection {
  const { rules, keys, shape } = kind
  const store = createJobStore()
  const idGenerators = Object.values(rules.key).map(pointer =>
    createIdGenerator(
      pointer === '' ? '' : readPointer(shape.template, pointer),
      getSchemaAt(shape.schema, pointer),
      random,
    ),
  )
  const start = (job: SimulatedJob, scenario: Scenario = getScenario(kind.ref), since?: number): void =>
    job.start(getScenarioStates(rules, scenario), { since, isCanceled: scenario === 'cancel' })
  return {
    kind,
    store,
    list: createJobLister(kind, store, () => clock.now()),
    create(keyParts, submitted, { scenario, since = clock.now(), durations } = {}) {
      // If the call contains the complete key of an existing job, the new job gets this key with a new ID as its last part.
      const isComplete = keyParts.length === keys.length && keyParts.every(part => part !== undefined)
      const givenParts = isComplete ? keyParts.slice(0, -1) : keyParts
      const key = keys.map((_, i) => givenParts[i] ?? idGenerators[i]?.() ?? '')
      const getStateDuration = createStateDuration(rules, durations)
      const job = new SimulatedJob({ rules, clock, key, submitted, getStateDuration })
      const createdStates = getCreatedStates(rules)
      if (createdStates) job.start(createdStates, { since })
      else start(job, scenario, since)
      store.add(job)
      return job
    },
    setScenario(job, scenario) {
      job.setStates(getScenarioStates(rules, scenario), { isCanceled: scenario === 'cancel' })
      store.markChanged()
    },
    start(job, scenario, since) {
      start(job, scenario, since)
      store.markChanged()
    },
    cancel(job) {
      // The job is already being stopped. If each call started the cancellation again, repeated calls would delay the end of the job.
      if (getStateRule(rules, job.state).is === 'stopping') return
      job.setStates(getCancelStates(rules), { isCanceled: true })
      store.markChanged()
    },
    markRead(job) {
      if (job.markRead()) store.markChanged()
    },
  }
}

/** The state of a job that is being stopped always lasts one polling interval, independent of `durations`. */
function createStateDuration(rules: JobKindSpec, durations: StateDurations | undefined): (state: string) => number {
  const usual = rules.polling.interval * 1000
  const { waiting, running } = durations ?? { waiting: usual, running: usual }
  return state => {
    const { is } = getStateRule(rules, state)
    if (is === 'stopping') return usual
    return is === 'running' ? running : waiting
  }
}
