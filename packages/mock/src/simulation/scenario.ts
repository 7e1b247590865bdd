import type { JobKindSpec } from '@jobscope/specs'
import { suggestName } from '../suggest-name.ts'
import { getStateRule, isTerminalState } from './job-states.ts'

/**
 * The states that a job goes through. For `run`, `fail` and `cancel`, the spec declares the states (`simulation.paths`). With `cancel`,
 * another user cancels the running job. `hang` has all states of `run` except the last state. A list contains states as the service
 * writes them.
 */
export type Scenario = 'run' | 'fail' | 'cancel' | 'hang' | readonly string[]

const SCENARIO_NAMES = ['run', 'fail', 'cancel', 'hang'] as const

/** Whether a text is the name of a scenario, not a state. */
export const isScenarioName = (text: string): boolean => (SCENARIO_NAMES as readonly string[]).includes(text)

/** A scenario for all kinds or for each kind: `{ 'dli:batch': 'fail', 'cs:job': ['job_submitting', 'job_running'] }`. */
export type ScenarioOption = Scenario | { readonly [kind: string]: Scenario }

/** The error for an unknown scenario, state or job kind. The message lists the valid values. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

/** The states that a scenario plans for a job, in order. There is at least one state. */
export function getScenarioStates(rules: JobKindSpec, scenario: Scenario): readonly string[] {
  if (typeof scenario !== 'string') return scenario
  const { run = Object.keys(rules.states).slice(0, 1), fail = run, cancel = run } = getPaths(rules)
  if (scenario === 'run') return run
  if (scenario === 'fail') return fail
  if (scenario === 'hang') return run.length > 1 ? run.slice(0, -1) : run
  const runningIndex = run.findIndex(state => getStateRule(rules, state).is === 'running')
  const beforeCancel = run.slice(0, runningIndex + 1).filter(state => !isTerminalState(rules, state))
  return [...beforeCancel, ...cancel]
}

const getPaths = ({ simulation }: JobKindSpec): { readonly [path: string]: readonly string[] } =>
  Object.fromEntries(Object.entries(simulation?.paths ?? {}).map(([path, states]) => [path, states.map(String)]))

/** The states of a created job that waits for a start. `undefined` if jobs of the kind start when they are created. */
export const getCreatedStates = (rules: JobKindSpec): readonly string[] | undefined => getPaths(rules)['create']

/** The states of a job after it is canceled. */
export const getCancelStates = (rules: JobKindSpec): readonly string[] => getPaths(rules)['cancel'] ?? []

/**
 * Parses the text of a scenario: a name such as `fail`, or states separated by `>`.
 *
 * @throws ScenarioError for an unknown name
 */
export function parseScenario(text: string): Scenario {
  const name = SCENARIO_NAMES.find(candidate => candidate === text)
  if (name) return name
  if (text.includes('>')) return checkLength(text.split('>').map(state => state.trim()))
  throw new ScenarioError(
    `Unknown scenario "${text}".${suggestName(text, SCENARIO_NAMES)} Scenarios: ${SCENARIO_NAMES.join(', ')}, or a list of states such as a>b>c.`,
  )
}

/**
 * Finds the scenario of each kind. A list of states applies to the kinds that have all of these states.
 *
 * @throws ScenarioError for an unknown scenario, state or job kind
 */
export function resolveScenarios(
  option: ScenarioOption,
  kinds: ReadonlyMap<string, JobKindSpec>,
): (kind: string) => Scenario {
  if (typeof option === 'string') {
    const scenario = parseScenario(option)
    return typeof scenario === 'string' ? () => scenario : resolveScenarios(scenario, kinds)
  }
  if (Array.isArray(option)) {
    const states = checkLength(option)
    const matchingKinds = [...kinds].filter(([, rules]) => states.every(state => Object.hasOwn(rules.states, state)))
    if (matchingKinds.length === 0 || states.length === 0) throw unknownStates(states, kinds)
    const names = new Set(matchingKinds.map(([kind]) => kind))
    return kind => (names.has(kind) ? states : 'run')
  }
  const scenarios = new Map<string, Scenario>()
  for (const [kind, scenario] of Object.entries(option as { readonly [kind: string]: Scenario })) {
    const rules = kinds.get(kind)
    if (!rules) throw unknownKind(kind, [...kinds.keys()])
    scenarios.set(kind, resolveScenarios(scenario, new Map([[kind, rules]]))(kind))
  }
  return kind => scenarios.get(kind) ?? 'run'
}

/** The maximum number of states of a scenario. */
const MAX_STATES = 1000

function checkLength(states: readonly string[]): readonly string[] {
  if (states.length <= MAX_STATES) return states
  throw new ScenarioError(`The scenario has ${states.length} states. Pass at most ${MAX_STATES}.`)
}

const unknownKind = (kind: string, kinds: readonly string[]): ScenarioError =>
  new ScenarioError(`Unknown job kind "${kind}".${suggestName(kind, kinds)} Job kinds: ${kinds.join(', ')}.`)

function unknownStates(states: readonly string[], kinds: ReadonlyMap<string, JobKindSpec>): ScenarioError {
  const known = [...kinds].map(([kind, rules]) => `${kind}: ${Object.keys(rules.states).join(', ')}`)
  return new ScenarioError(`No job kind has the states "${states.join(', ')}". Known states of ${known.join('; of ')}.`)
}
