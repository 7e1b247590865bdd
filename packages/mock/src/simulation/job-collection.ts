import { readPointer } from '../pointer.ts'
import type { KeyParts } from './call.ts'
import type { Clock } from './clock.ts'
import { createIdGenerator } from './id-generator.ts'
import { createStore, type JobStore } from './job-store.ts'
import type { Kind } from './kind.ts'
import { createLister, type Page } from './list.ts'
import type { ListQuery } from './list-query.ts'
import type { Random } from './random.ts'
import { getCancelStates, getCreatedStates, getScenarioStates, type Scenario } from './scenario.ts'
import { schemaAt } from './schema.ts'
import { SimulatedJob } from './simulated-job.ts'

/** What all jobs of a mock share. */
export interface SimulationContext {
  readonly clock: Clock
  readonly random: Random
  /** Ids that no living job has are refused, those of the examples too. */
  readonly strict: boolean
  getScenario(kind: string): Scenario
}

/** The jobs of a kind, and what can be done to them. */
export interface JobCollection {
  readonly kind: Kind
  readonly store: JobStore
  list(query: ListQuery): Page
  /** States of a scenario, or of the one that the mock plays. */
  getStates(scenario?: Scenario): readonly string[]
  /** A job that was created `since`; `pace` makes it slower than others. */
  create(key: KeyParts, submitted: { [name: string]: unknown }, options?: CreateJobOptions): SimulatedJob
  setScenario(job: SimulatedJob, scenario: Scenario): void
  start(job: SimulatedJob, scenario?: Scenario): void
  cancel(job: SimulatedJob): void
}

export interface CreateJobOptions {
  readonly scenario?: Scenario | undefined
  readonly since?: number
  readonly pace?: number
}

export function createJobCollection(
  kind: Kind,
  { clock, random, getScenario: scenarioOf }: SimulationContext,
): JobCollection {
  const { rules, keys, shape } = kind
  const store = createStore()
  const makers = Object.values(rules.key).map(pointer =>
    createIdGenerator(
      pointer === '' ? '' : readPointer(shape.template, pointer),
      schemaAt(shape.schema, pointer),
      random,
    ),
  )
  const path = (scenario?: Scenario): readonly string[] => getScenarioStates(rules, scenario ?? scenarioOf(kind.ref))
  return {
    kind,
    store,
    list: createLister(kind, store, () => clock.now()),
    getStates: path,
    create(asked, submitted, { scenario, since = clock.now(), pace = 1 } = {}) {
      // A call that names a whole job makes another one of it: the last part of the key is new.
      const whole = asked.length === keys.length && asked.every(part => part !== undefined)
      const given = whole ? asked.slice(0, -1) : asked
      const key = keys.map((_, i) => given[i] ?? makers[i]?.() ?? '')
      const job = new SimulatedJob(rules, clock, key, submitted, rules.poll.interval * 1000 * pace)
      job.start(getCreatedStates(rules) ?? path(scenario), since)
      store.add(job)
      return job
    },
    setScenario(job, scenario) {
      job.setStates(path(scenario))
      store.touch()
    },
    start(job, scenario) {
      job.start(path(scenario))
      store.touch()
    },
    cancel(job) {
      job.setStates(getCancelStates(rules))
      store.touch()
    },
  }
}
