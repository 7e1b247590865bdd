import { type CallOptions, isApiError } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'

/** Reads the progress of a running job, from 0 to 1. Returns undefined if the service does not report it. */
export async function readProgress(
  { rules: { progress }, client }: ClientJobKind,
  args: object,
  options: CallOptions,
): Promise<number | undefined> {
  if (!progress) return undefined
  try {
    const response = await (client as Record<string, Method>)[progress.operation]?.(args, options)
    const value = readPointer(response, progress.at)
    return typeof value === 'number' ? value : undefined
  } catch (error) {
    // The progress is optional, so an error of the service does not make `get` fail.
    if (isApiError(error)) return undefined
    throw error
  }
}

type Method = (args: object, options: CallOptions) => Promise<unknown>
