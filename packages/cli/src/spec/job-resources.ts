import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Kind } from './kinds.ts'

/**
 * Lists the computing resources of a job with their labels. The spec of the kind declares these resources. Values that the job lacks
 * are omitted.
 */
export const listResources = (
  { raw }: Pick<ServiceJob, 'raw'>,
  { resources = {} }: Pick<Kind, 'resources'>,
): (readonly [label: string, value: string])[] =>
  Object.entries(resources).flatMap(([label, pointer]) => {
    const value = readPointer(raw, pointer)
    const text = typeof value === 'string' || typeof value === 'number' ? toOneLine(`${value}`) : ''
    return text === '' ? [] : [[label, text] as const]
  })
