import type { JobKindSpec, JobStateRule } from '@jobscope/specs'

/** The rule of a state that the spec does not document. */
const UNDOCUMENTED: JobStateRule = { is: 'unknown' }

/** What the spec says about a state of the service, in whatever case it is written. */
export function getStateRule({ states }: JobKindSpec, rawState: string): JobStateRule {
  const name = Object.hasOwn(states, rawState)
    ? rawState
    : Object.keys(states).find(state => state.toLowerCase() === rawState.toLowerCase())
  return states[name ?? ''] ?? UNDOCUMENTED
}

const TERMINAL: readonly string[] = ['succeeded', 'failed', 'canceled']

export const isTerminalState = (rules: JobKindSpec, rawState: string): boolean =>
  TERMINAL.includes(getStateRule(rules, rawState).is)
