import type { Bundle } from '../bundle.ts'
import { type Clock, type ClockOption, createClock } from './clock.ts'
import type { JobCollection, SimulationContext } from './job-collection.ts'
import { createMockJobs, type MockJobs } from './mock-jobs.ts'
import { seededRandom } from './random.ts'
import { resolveScenarios, type ScenarioOption } from './scenario.ts'
import { seedJobs } from './seed-jobs.ts'

/** How jobs live in a mock. */
export interface SimulationOptions {
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

export interface SimulationSetup {
  readonly clock: Clock
  /** `undefined` for a static mock. */
  readonly world: SimulationContext | undefined
  /** Creates the first jobs, and the handle to all. */
  populate(populations: readonly JobCollection[]): MockJobs
}

export function createSimulationContext(
  bundles: ReadonlyMap<string, Bundle>,
  options: SimulationOptions,
): SimulationSetup {
  const { scenario = 'run', seed = 1, strict = false, seedJobs: count = 0 } = options
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`seedJobs must be a whole number, not ${count}.`)
  const clock = createClock(options.clock)
  const random = seededRandom(seed)
  const kinds = [...bundles].flatMap(([service, bundle]) =>
    Object.entries(bundle['x-jobs'] ?? {}).map(([kind, rules]) => [`${service}:${kind}`, rules] as const),
  )
  const world: SimulationContext = { clock, random, strict, getScenario: resolveScenarios(scenario, new Map(kinds)) }
  return {
    clock,
    world: options.static ? undefined : world,
    populate(populations) {
      seedJobs(count, populations, clock, random)
      return createMockJobs(populations)
    },
  }
}
