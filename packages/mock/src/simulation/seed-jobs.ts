import { type JobSeeds, writePointer } from '@jobscope/specs'
import type { KeyParts } from './job-call.ts'
import type { JobCollection } from './job-collection.ts'
import type { Kind } from './job-kind.ts'
import { getStateRule } from './job-states.ts'
import { pickRandom, type Random } from './random.ts'
import { getCancelStates, getCreatedStates, type Scenario } from './scenario.ts'
import type { Json } from './schema.ts'
import type { SimulationContext } from './simulation-context.ts'

/** The scenarios of seeded jobs. A scenario that is in the list several times is more likely. */
const SCENARIOS: readonly Scenario[] = ['run', 'run', 'run', 'fail', 'cancel', 'hang']

/** The times of seeded jobs, in seconds, for kinds without `simulation.seeds` in their spec. */
const DEFAULT_SEEDS: JobSeeds = { period: 3600, waiting: [10, 300], running: [60, 1800] }

/** The share of seeded jobs that are started. The other jobs still wait for a start. */
const STARTED_SHARE = 0.75

/**
 * Creates jobs of all kinds in turn. Some have finished, some have failed and some are still running. The spec
 * defines when they were created and how long they take (`simulation.seeds`).
 */
export function seedJobs(count: number, collections: readonly JobCollection[], context: SimulationContext): void {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`seedJobs is ${count}. Set it to a whole number, 0 or more.`)
  const plans = Array.from({ length: collections.length === 0 ? 0 : count }, (_, i) => planJob(i, collections, context))
  // The oldest job is created first, so that IDs grow with the creation time and the lists have the right order.
  for (const { create } of plans.toSorted((a, b) => a.since - b.since)) create()
}

interface JobPlan {
  /** When the job was created, in epoch milliseconds. */
  readonly since: number
  create(): void
}

function planJob(index: number, collections: readonly JobCollection[], { clock, random }: SimulationContext): JobPlan {
  const collection = collections[index % collections.length] as JobCollection
  const { kind } = collection
  const { period, waiting, running } = kind.rules.simulation?.seeds ?? DEFAULT_SEEDS
  const durations = { waiting: pickDuration(random, waiting), running: pickDuration(random, running) }
  // The square of the random number makes recent jobs more frequent, so that some jobs still change.
  const since = clock.now() - Math.floor(random() ** 2 * period * 1000)
  const scenario = replaceCancellation(kind, pickRandom(random, SCENARIOS))
  const parentKey = getParentKey(kind, random)
  const isStarted = getCreatedStates(kind.rules) === undefined || random() >= 1 - STARTED_SHARE
  return {
    since,
    create() {
      const name = createSubmittedName(kind, `${kind.ref.split(':')[1]}-${index + 1}`)
      const submitted = createSubmittedRequest(kind, name)
      const job = collection.create(parentKey, submitted, { since, durations, scenario })
      if (isStarted && getCreatedStates(kind.rules)) collection.start(job, scenario, since)
    },
  }
}

/**
 * Replaces the scenario `cancel` by `fail` for kinds whose canceled jobs have the state of a failed job. No response of these kinds can
 * show that a job was canceled. With `fail`, the seeded job has the same state, and a failure reason that explains it.
 */
function replaceCancellation({ rules }: Kind, scenario: Scenario | undefined): Scenario | undefined {
  const lastState = getCancelStates(rules).at(-1) ?? ''
  return scenario === 'cancel' && getStateRule(rules, lastState).is === 'failed' ? 'fail' : scenario
}

/**
 * Picks a duration in milliseconds. The logarithm of the duration is evenly distributed: 1 to 10 minutes is as likely as 10 to 100
 * minutes.
 */
function pickDuration(random: Random, [shortest = 1, longest = shortest]: readonly number[]): number {
  return Math.round(shortest * (longest / shortest) ** random() * 1000)
}

function createSubmittedName({ rules }: Kind, name: string): { [property: string]: unknown } {
  const pointer = rules.fields.name
  return pointer === undefined ? {} : { [pointer.slice(pointer.lastIndexOf('/') + 1)]: name }
}

/** The properties of the request that created the job, for kinds whose jobs contain this request. Such jobs can be submitted again. */
function createSubmittedRequest({ rules, exampleRequest }: Kind, name: Json): Json {
  const { at } = rules.resubmit ?? {}
  if (at === undefined || !exampleRequest) return name
  const sent = { ...exampleRequest, ...name }
  const shown: Json = {}
  writePointer(shown, at, JSON.stringify(sent))
  return { ...shown, ...sent }
}

/** The key without its last part. Each part is one of the values that the spec declares for the list, or the value of the example. */
function getParentKey({ keys, rules, list }: Kind, random: Random): KeyParts {
  return keys.slice(0, -1).map(key => {
    const values = rules.list?.each?.[key] ?? rules.list?.args?.[key]
    if (values !== undefined) return String(pickRandom(random, [values].flat()))
    const parameter = list?.operation.request?.path?.find(({ name }) => name === key)
    const [example] = parameter?.examples ?? []
    return example && 'value' in example ? String(example.value) : undefined
  })
}
