import type { JobState } from '@jobscope/core'
import type { JobFilter } from '@jobscope/jobs'
import { UsageError } from '../usage-error.ts'

/** The options that filter jobs. */
export interface FilterFlags {
  readonly service?: readonly string[]
  readonly kind?: readonly string[]
  readonly state?: readonly JobState[]
  readonly name?: string
  readonly since?: string
}

/**
 * Converts the options to a filter.
 *
 * @param now the current time in epoch ms, for relative times
 * @throws UsageError if `--since` is not a time
 */
export function toJobFilter({ service, kind, state, name, since }: FilterFlags, now: number): JobFilter {
  return {
    ...(service && { services: service }),
    ...(kind && { kinds: kind }),
    ...(state && { state }),
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since: parseTime(since, now) }),
  }
}

const units: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

function parseTime(text: string, now: number): Date {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? []
  // Without this check, the date parser would read `--since 2` as a month of 2001.
  const isDate = /^\d{4}-\d\d(-|$)/.test(text)
  const relativeTime = now - Number(count) * (units[unit ?? ''] ?? Number.NaN)
  const date = new Date(isDate ? text : relativeTime)
  if (Number.isNaN(date.getTime())) {
    throw new UsageError(`Invalid --since "${text}". Expected a time such as 30m, 2h, 7d or 2026-11-22.`)
  }
  return date
}
