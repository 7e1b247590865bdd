import type { Operation } from '../operation.ts'
import { getStateRule } from './job-states.ts'
import type { Role } from './roles.ts'
import type { SimulatedJob } from './simulated-job.ts'

/**
 * Whether the state of a job allows an operation. For some operations, the spec declares the allowed states. For the others, a job can be
 * canceled until it ends, and can be started if it has ended or waits for a start.
 */
export function isAllowed({ kind: { rules }, does }: Role, operation: Operation, job: SimulatedJob): boolean {
  const declared = rules.simulation?.allowedStates?.[operation.iid ?? '']
  const { is } = getStateRule(rules, job.state)
  if (declared) return (declared.only?.includes(is) ?? true) && !declared.except?.includes(is)
  if (does === 'cancel') return !job.isTerminal
  return does !== 'start' || job.isTerminal || job.isWaiting
}
