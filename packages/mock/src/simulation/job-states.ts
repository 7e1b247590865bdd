import { isTerminal } from '@jobscope/core'
import type { JobKindSpec, JobStateRule } from '@jobscope/specs'

/** The rule of a state that the spec does not document. */
const UNDOCUMENTED: JobStateRule = { is: 'unknown' }

/** The spec's rule for a state of the service. Upper and lower case are the same. */
export function getStateRule({ states }: JobKindSpec, rawState: string): JobStateRule {
  const name = Object.hasOwn(states, rawState)
    ? rawState
    : Object.keys(states).find(state => state.toLowerCase() === rawState.toLowerCase())
  return states[name ?? ''] ?? UNDOCUMENTED
}

export const isTerminalState = (rules: JobKindSpec, rawState: string): boolean =>
  isTerminal(getStateRule(rules, rawState).is)
