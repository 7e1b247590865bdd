import type { Bundle } from '../bundle.ts'
import type { Clock, ClockOption } from './clock.ts'
import { type Random, seededRandom } from './random.ts'
import { resolveScenarios, type Scenario, type ScenarioOption } from './scenario.ts'

/** How a mock simulates jobs. */
export interface SimulationOptions {
  /**
   * The states that jobs go through: `run`, `fail`, `cancel`, `hang`, or a list of states as the service writes them. An object sets a
   * scenario for each job kind: `{ 'dli:batch': 'fail' }`. The header `Prefer: scenario=…` overrides this option for a single call.
   *
   * @default 'run'
   */
  readonly scenario?: ScenarioOption
  /** `virtual` stands still until it is advanced. `per-poll` moves a job to its next state at each read. @default 'virtual' */
  readonly clock?: ClockOption
  /** How many jobs exist from the start, spread over all kinds. @default 0 */
  readonly seedJobs?: number
  /** The same seed creates the same IDs, tokens, seeded jobs and faults. @default 1 */
  readonly seed?: number
  /**
   * If true, only simulated jobs exist, and a request with any other ID returns "not found". By default, the jobs of the spec's examples
   * exist too.
   *
   * @default false
   */
  readonly strict?: boolean
  /** If true, no jobs are simulated and every response is an example of the spec. @default false */
  readonly static?: boolean
}

/** The data that the simulated jobs of all services share. */
export interface SimulationContext {
  readonly clock: Clock
  readonly random: Random
  /** If true, only simulated jobs exist. Otherwise, the jobs of the spec's examples exist too. */
  readonly strict: boolean
  /** The scenario of a job kind, such as `dli:batch`. */
  getScenario(kind: string): Scenario
}

/** @throws ScenarioError for an unknown scenario, state or job kind */
export function createSimulationContext(
  bundles: ReadonlyMap<string, Bundle>,
  { scenario = 'run', seed = 1, strict = false }: SimulationOptions,
  clock: Clock,
): SimulationContext {
  const kinds = [...bundles].flatMap(([service, bundle]) =>
    Object.entries(bundle['x-jobs'] ?? {}).map(([kind, rules]) => [`${service}:${kind}`, rules] as const),
  )
  return { clock, random: seededRandom(seed), strict, getScenario: resolveScenarios(scenario, new Map(kinds)) }
}
