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
  /** The states of a scenario, by default of the mock's scenario for this kind. */
  getStates(scenario?: Scenario): readonly string[]
  create(key: KeyParts, submitted: { [name: string]: unknown }, options?: CreateJobOptions): SimulatedJob
  /** Replaces the planned states. */
  setScenario(job: SimulatedJob, scenario: Scenario): void
  start(job: SimulatedJob, scenario?: Scenario): void
  cancel(job: SimulatedJob): void
}

/** How long the states of a job last, in milliseconds. */
export interface StateDurations {
  /** States before the job runs. */
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
  const getStates = (scenario: Scenario = getScenario(kind.ref)): readonly string[] =>
    getScenarioStates(rules, scenario)
  return {
    kind,
    store,
    list: createJobLister(kind, store, () => clock.now()),
    getStates,
    create(keyParts, submitted, { scenario, since = clock.now(), durations } = {}) {
      // If the key in the call is the whole key of an existing job, the last part of the new job's key is a new ID.
      const isComplete = keyParts.length === keys.length && keyParts.every(part => part !== undefined)
      const givenParts = isComplete ? keyParts.slice(0, -1) : keyParts
      const key = keys.map((_, i) => givenParts[i] ?? idGenerators[i]?.() ?? '')
      const getStateDuration = createStateDuration(rules, durations)
      const job = new SimulatedJob({ rules, clock, key, submitted, getStateDuration })
      job.start(getCreatedStates(rules) ?? getStates(scenario), since)
      store.add(job)
      return job
    },
    setScenario(job, scenario) {
      job.setStates(getStates(scenario))
      store.markChanged()
    },
    start(job, scenario) {
      job.start(getStates(scenario))
      store.markChanged()
    },
    cancel(job) {
      job.setStates(getCancelStates(rules))
      store.markChanged()
    },
  }
}

/** A job that is being stopped is as fast as any other job. */
function createStateDuration(rules: JobKindSpec, durations: StateDurations | undefined): (state: string) => number {
  const usual = rules.polling.interval * 1000
  const { waiting, running } = durations ?? { waiting: usual, running: usual }
  return state => {
    const { is } = getStateRule(rules, state)
    if (is === 'stopping') return usual
    return is === 'running' ? running : waiting
  }
}
