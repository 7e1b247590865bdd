import type { Bundle } from '../bundle.ts'
import { type Clock, type ClockOption, clockOf } from './clock.ts'
import { createControl, type MockJobs } from './control.ts'
import type { Population, World } from './population.ts'
import { seededRandom } from './random.ts'
import { type ScenarioOption, scenarios } from './scenario.ts'
import { seedJobs } from './seed-jobs.ts'

/** How jobs live in a mock. */
export interface WorldOptions {
  /**
   * The path that jobs take: `run`, `fail`, `cancel`, `hang`, a list of wire states, or one of these for each kind
   * (`{ 'dli:batch': 'fail' }`). `Prefer: scenario=…` chooses for a single call. @default 'run'
   */
  readonly scenario?: ScenarioOption
  /** `virtual` moves when it is advanced, `per-poll` moves a job by each read of it. @default 'virtual' */
  readonly clock?: ClockOption
  /** Jobs that are there from the beginning, of all kinds in turn. @default 0 */
  readonly seedJobs?: number
  /** The same seed makes the same ids and the same seeded jobs. @default 1 */
  readonly seed?: number
  /** Every id but those of living jobs is not found, those of the examples too. @default false */
  readonly strict?: boolean
  /** No jobs: every answer is an example of the spec. @default false */
  readonly static?: boolean
}

export interface Worlds {
  readonly clock: Clock
  /** `undefined` for a static mock. */
  readonly world: World | undefined
  /** Creates the first jobs, and the handle to all. */
  populate(populations: readonly Population[]): MockJobs
}

export function createWorlds(bundles: ReadonlyMap<string, Bundle>, options: WorldOptions): Worlds {
  const { scenario = 'run', seed = 1, strict = false, seedJobs: count = 0 } = options
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`seedJobs must be a whole number, not ${count}.`)
  const clock = clockOf(options.clock)
  const random = seededRandom(seed)
  const kinds = [...bundles].flatMap(([service, bundle]) =>
    Object.entries(bundle['x-jobs'] ?? {}).map(([kind, rules]) => [`${service}:${kind}`, rules] as const),
  )
  const world: World = { clock, random, strict, scenario: scenarios(scenario, new Map(kinds)) }
  return {
    clock,
    world: options.static ? undefined : world,
    populate(populations) {
      seedJobs(count, populations, clock, random)
      return createControl(populations)
    },
  }
}
