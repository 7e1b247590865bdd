import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import type { PageJob } from './protocol.ts'
import { getStateChanges, type ObservedState } from './state-changes.ts'

export interface PageJobContext {
  /** When the job was read, in epoch ms. */
  readonly readAt: number
  /** The state changes since this process started. */
  readonly observed?: readonly ObservedState[]
  readonly queue?: string | undefined
}

/** Reduces a job to what the page shows in a list. */
export function toPageJob(job: ServiceJob, { readAt, observed = [], queue }: PageJobContext): PageJob {
  const { ref, service, kind, id, name, state, rawState, owner, updatedAt } = job
  const changes = getStateChanges(job, readAt, observed)
  const begin = changes[0]?.at ?? updatedAt?.getTime()
  const start = changes.find(change => change.state === 'running')?.at
  const end = isTerminal(state) ? changes.findLast(change => change.state === state)?.at : undefined
  return {
    ref,
    service,
    kind,
    id,
    state,
    rawState,
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { owner }),
    ...(queue !== undefined && { queue }),
    ...(begin !== undefined && { begin }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  }
}
