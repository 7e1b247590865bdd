import { read } from '../pointer.ts'
import type { KeyParts } from './call.ts'
import type { Clock } from './clock.ts'
import { idMaker } from './ids.ts'
import { LivingJob } from './job.ts'
import type { Kind } from './kind.ts'
import { createLister, type Page } from './list.ts'
import type { ListQuery } from './list-query.ts'
import type { Random } from './random.ts'
import { cancelStates, restingStates, type Scenario, statesOf } from './scenario.ts'
import { schemaAt } from './schema.ts'
import { createStore, type JobStore } from './store.ts'

/** What all jobs of a mock share. */
export interface World {
  readonly clock: Clock
  readonly random: Random
  /** Ids that no living job has are refused, those of the examples too. */
  readonly strict: boolean
  scenario(kind: string): Scenario
}

/** The jobs of a kind, and what can be done to them. */
export interface Population {
  readonly kind: Kind
  readonly store: JobStore
  list(query: ListQuery): Page
  /** States of a scenario, or of the one that the mock plays. */
  path(scenario?: Scenario): readonly string[]
  /** A job that was created `since`; `pace` makes it slower than others. */
  create(key: KeyParts, submitted: { [name: string]: unknown }, options?: BirthOptions): LivingJob
  play(job: LivingJob, scenario: Scenario): void
  start(job: LivingJob, scenario?: Scenario): void
  cancel(job: LivingJob): void
}

export interface BirthOptions {
  readonly scenario?: Scenario | undefined
  readonly since?: number
  readonly pace?: number
}

export function populate(kind: Kind, { clock, random, scenario: scenarioOf }: World): Population {
  const { rules, keys, shape } = kind
  const store = createStore()
  const makers = Object.values(rules.key).map(pointer =>
    idMaker(pointer === '' ? '' : read(shape.template, pointer), schemaAt(shape.schema, pointer), random),
  )
  const path = (scenario?: Scenario): readonly string[] => statesOf(rules, scenario ?? scenarioOf(kind.ref))
  return {
    kind,
    store,
    list: createLister(kind, store, () => clock.now()),
    path,
    create(asked, submitted, { scenario, since = clock.now(), pace = 1 } = {}) {
      // A call that names a whole job makes another one of it: the last part of the key is new.
      const whole = asked.length === keys.length && asked.every(part => part !== undefined)
      const given = whole ? asked.slice(0, -1) : asked
      const key = keys.map((_, i) => given[i] ?? makers[i]?.() ?? '')
      const job = new LivingJob(rules, clock, key, submitted, rules.poll.interval * 1000 * pace)
      job.start(restingStates(rules) ?? path(scenario), since)
      store.add(job)
      return job
    },
    play(job, scenario) {
      job.play(path(scenario))
      store.touch()
    },
    start(job, scenario) {
      job.start(path(scenario))
      store.touch()
    },
    cancel(job) {
      job.play(cancelStates(rules))
      store.touch()
    },
  }
}
