import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { queuePointers } from './queue-pointers.ts'

/** Returns the queue of a job. Returns `undefined` if the spec does not declare which field contains the queue. */
export function getQueue({ service, kind, raw }: Pick<ServiceJob, 'service' | 'kind' | 'raw'>): string | undefined {
  const pointer = queuePointers.get(`${service}:${kind}`)
  const value = pointer === undefined ? undefined : readPointer(raw, pointer)
  return typeof value === 'string' && value !== '' ? value : undefined
}
