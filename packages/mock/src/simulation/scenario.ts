import { nearest } from '../nearest.ts'
import { isTerminal, type JobRules, meaningOf } from './rules.ts'

/**
 * The path that jobs take: the spec's `run`, `fail` or `cancel` (somebody else cancels a job that runs); `hang`: the job
 * never reaches the last state of `run`; or a list of wire states.
 */
export type Scenario = 'run' | 'fail' | 'cancel' | 'hang' | readonly string[]

const NAMES = ['run', 'fail', 'cancel', 'hang'] as const

/** Whether a text is the name of a path, not of a state. */
export const isScenarioName = (text: string): boolean => (NAMES as readonly string[]).includes(text)

/** A scenario for all kinds, or one for each: `{ 'dli:batch': 'fail', 'cs:job': ['job_submitting', 'job_running'] }`. */
export type ScenarioOption = Scenario | { readonly [kind: string]: Scenario }

/** A scenario or state is not known; the message says which there are. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

/** The states of a scenario, in order; at least one. */
export function getScenarioStates(rules: JobRules, scenario: Scenario): readonly string[] {
  const { run = Object.keys(rules.states).slice(0, 1), fail = run, cancel = run } = textsOf(rules.simulate ?? {})
  if (typeof scenario !== 'string') return scenario
  if (scenario === 'run') return run
  if (scenario === 'fail') return fail
  if (scenario === 'hang') return run.length > 1 ? run.slice(0, -1) : run
  const running = run.findIndex(state => meaningOf(rules, state).is === 'running')
  const open = run.slice(0, running + 1).filter(state => !isTerminal(rules, state))
  return [...open, ...cancel]
}

const textsOf = (simulate: NonNullable<JobRules['simulate']>): { readonly [path: string]: readonly string[] } =>
  Object.fromEntries(Object.entries(simulate).map(([path, states]) => [path, states.map(String)]))

/** States of a job that was created and waits to be started; `undefined` for a kind that starts by itself. */
export const getCreatedStates = ({ simulate }: JobRules): readonly string[] | undefined =>
  simulate?.['create']?.map(String)

export const getCancelStates = ({ simulate }: JobRules): readonly string[] => simulate?.['cancel']?.map(String) ?? []

/** Reads a scenario as people write it: `fail`, or states separated by `>`. */
export function parseScenario(text: string): Scenario {
  const name = NAMES.find(candidate => candidate === text)
  if (name) return name
  if (text.includes('>')) return text.split('>').map(state => state.trim())
  const meant = nearest(text, NAMES)
  throw new ScenarioError(
    `There is no scenario "${text}"; did you mean "${meant}"? Scenarios: ${NAMES.join(', ')}, or states: a>b>c.`,
  )
}

/** The scenario of each kind, all checked. A list of states goes to the kinds that have these states. */
export function resolveScenarios(
  option: ScenarioOption,
  kinds: ReadonlyMap<string, JobRules>,
): (kind: string) => Scenario {
  if (typeof option === 'string') {
    const scenario = parseScenario(option)
    return typeof scenario === 'string' ? () => scenario : resolveScenarios(scenario, kinds)
  }
  if (Array.isArray(option)) {
    const states: readonly string[] = option
    const takers = [...kinds].filter(([, rules]) => states.every(state => Object.hasOwn(rules.states, state)))
    if (takers.length === 0 || states.length === 0) throw noSuchStates(states, kinds)
    const names = new Set(takers.map(([kind]) => kind))
    return kind => (names.has(kind) ? states : 'run')
  }
  const byKind = Object.entries(option as { readonly [kind: string]: Scenario }).map(([kind, scenario]) => {
    const rules = kinds.get(kind)
    if (!rules) {
      const all = [...kinds.keys()]
      throw new ScenarioError(
        `There is no job kind "${kind}"; did you mean "${nearest(kind, all)}"? Kinds: ${all.join(', ')}.`,
      )
    }
    const single = new Map([[kind, rules]])
    return [kind, resolveScenarios(scenario, single)(kind)] as const
  })
  const chosen = new Map(byKind)
  return kind => chosen.get(kind) ?? 'run'
}

function noSuchStates(states: readonly string[], kinds: ReadonlyMap<string, JobRules>): ScenarioError {
  const known = [...kinds].map(([kind, rules]) => `${kind}: ${Object.keys(rules.states).join(', ')}`)
  return new ScenarioError(`No job kind has the states "${states.join(', ')}". States of ${known.join('; of ')}.`)
}
