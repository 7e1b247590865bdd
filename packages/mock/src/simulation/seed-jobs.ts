import type { JobSeeds } from '@jobscope/specs'
import type { KeyParts } from './job-call.ts'
import type { JobCollection } from './job-collection.ts'
import type { Kind } from './job-kind.ts'
import { pickRandom, type Random } from './random.ts'
import { getCreatedStates, type Scenario } from './scenario.ts'
import type { SimulationContext } from './simulation-context.ts'

/** How often each scenario is drawn. */
const SCENARIOS: readonly Scenario[] = ['run', 'run', 'run', 'fail', 'cancel', 'hang']

/** The times of seeded jobs of a kind without `simulation.seeds` in its spec, in seconds. */
const DEFAULT_SEEDS: JobSeeds = { period: 3600, waiting: [10, 300], running: [60, 1800] }

/** The share of jobs that were created and started. The other jobs still wait for a start. */
const STARTED_SHARE = 0.75

/**
 * Creates jobs of all kinds in turn. Some have finished, some have failed and some are still running. The spec
 * defines when they were created and how long they take (`simulation.seeds`).
 */
export function seedJobs(count: number, collections: readonly JobCollection[], context: SimulationContext): void {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`seedJobs must be a whole number from 0, not ${count}.`)
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
  // The square makes recent jobs more frequent, so that there are always jobs that change.
  const since = clock.now() - Math.floor(random() ** 2 * period * 1000)
  const scenario = pickRandom(random, SCENARIOS)
  const parentKey = getParentKey(kind, random)
  const isStarted = getCreatedStates(kind.rules) === undefined || random() >= 1 - STARTED_SHARE
  return {
    since,
    create() {
      const submitted = createSubmittedName(kind, `${kind.ref.split(':')[1]}-${index + 1}`)
      const job = collection.create(parentKey, submitted, { since, durations, scenario })
      if (isStarted && getCreatedStates(kind.rules)) job.start(collection.getStates(scenario), since)
    },
  }
}

/**
 * Picks a duration in milliseconds. Short durations are as frequent as long ones: as many are between 1 and 10 minutes as between 10 and
 * 100 minutes.
 */
function pickDuration(random: Random, [shortest = 1, longest = shortest]: readonly number[]): number {
  return Math.round(shortest * (longest / shortest) ** random() * 1000)
}

function createSubmittedName({ rules }: Kind, name: string): { [property: string]: unknown } {
  const pointer = rules.fields.name
  return pointer === undefined ? {} : { [pointer.slice(pointer.lastIndexOf('/') + 1)]: name }
}

/** The key without its last part, as the list requires it: one of the values that the spec lists, otherwise the example. */
function getParentKey({ keys, rules, list }: Kind, random: Random): KeyParts {
  return keys.slice(0, -1).map(key => {
    const values = rules.list?.each?.[key] ?? rules.list?.args?.[key]
    if (values !== undefined) return String(pickRandom(random, [values].flat()))
    const parameter = list?.operation.request?.path?.find(({ name }) => name === key)
    const [example] = parameter?.examples ?? []
    return example && 'value' in example ? String(example.value) : undefined
  })
}
