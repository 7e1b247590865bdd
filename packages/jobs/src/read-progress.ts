import type { CallOptions } from '@jobscope/core'
import { isApiError } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'

/** How much of a running job is done, from 0 to 1; undefined where the service does not say. */
export async function progressOf(
  { rules: { progress }, client }: ClientJobKind,
  args: object,
  options: CallOptions,
): Promise<number | undefined> {
  if (!progress) return undefined
  try {
    const answer = await (client as Record<string, Method>)[progress.op]?.(args, options)
    const value = readPointer(answer, progress.at)
    return typeof value === 'number' ? value : undefined
  } catch (error) {
    // The job is known without it.
    if (isApiError(error)) return undefined
    throw error
  }
}

type Method = (args: object, options: CallOptions) => Promise<unknown>
