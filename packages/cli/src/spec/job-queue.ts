import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { readKinds } from './kinds.ts'

/** Creates a function that reads the queue of a job, for kinds of jobs whose spec declares which field contains the queue. */
export async function createQueueReader(): Promise<
  (job: Pick<ServiceJob, 'service' | 'kind' | 'raw'>) => string | undefined
> {
  const pointers = new Map((await readKinds()).map(({ name, queue }) => [name, queue]))
  return ({ service, kind, raw }) => {
    const pointer = pointers.get(`${service}:${kind}`)
    const value = pointer === undefined ? undefined : readPointer(raw, pointer)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}
