import type { JobState } from '@jobscope/core'
import type { JobFilter } from '@jobscope/jobs'
import { UsageError } from '../usage-error.ts'

/** Flags that say which jobs are meant. */
export interface FilterFlags {
  readonly service?: readonly string[]
  readonly kind?: readonly string[]
  readonly state?: readonly JobState[]
  readonly name?: string
  readonly since?: string
}

/** @throws UsageError if a time cannot be read */
export function filterOf({ service, kind, state, name, since }: FilterFlags, now: number): JobFilter {
  return {
    ...(service && { services: service }),
    ...(kind && { kinds: kind }),
    ...(state && { state }),
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since: timeOf(since, now) }),
  }
}

const units: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

function timeOf(text: string, now: number): Date {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? []
  const date = unit === undefined ? new Date(text) : new Date(now - Number(count) * (units[unit] ?? 0))
  if (Number.isNaN(date.getTime())) throw new UsageError(`--since ${text}: must be like 30m, 2h, 7d or 2026-11-22`)
  return date
}
