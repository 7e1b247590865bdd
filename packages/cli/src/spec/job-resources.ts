import type { ServiceJob } from '@jobscope/jobs'
import { readPointer } from '@jobscope/specs'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Kind } from './kinds.ts'

/** The computing resources of a job that the spec of its kind declares, by their labels. Values that the job lacks are left out. */
export const listResources = (
  { raw }: Pick<ServiceJob, 'raw'>,
  { resources = {} }: Pick<Kind, 'resources'>,
): (readonly [label: string, value: string])[] =>
  Object.entries(resources).flatMap(([label, pointer]) => {
    const value = readPointer(raw, pointer)
    const text = typeof value === 'string' || typeof value === 'number' ? toOneLine(`${value}`) : ''
    return text === '' ? [] : [[label, text] as const]
  })
