import type { JobState } from '@jobscope/core'
import type { JobFilter } from '@jobscope/jobs'
import { parseDurationText } from '../duration.ts'
import { matchKindNames } from '../kind-names.ts'
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
 * @param knownKinds the kinds that a name can stand for, with their services
 * @throws UsageError if `--since` is not a time
 */
export function toJobFilter(
  { service, kind, state, name, since }: FilterFlags,
  now: number,
  knownKinds: readonly string[] = [],
): JobFilter {
  return {
    ...(service && { services: service }),
    ...(kind && { kinds: kind.flatMap(text => matchOrKeep(text, knownKinds)) }),
    ...(state && { state }),
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since: parseTime(since, now) }),
  }
}

/** A name that no kind has stays, so that the error quotes it. */
function matchOrKeep(text: string, known: readonly string[]): string[] {
  const found = matchKindNames(text, known)
  return found.length > 0 ? found : [text]
}

function parseTime(text: string, now: number): Date {
  // Without this check, the date parser would read `--since 2/1` as a day of 2001.
  const isDate = /^\d{4}-\d\d(-|$)/.test(text)
  const date = new Date(isDate ? text : now - (parseDurationText(text) ?? Number.NaN))
  if (Number.isNaN(date.getTime())) {
    throw new UsageError(`Invalid --since "${text}". Expected a time such as 30m, 2h, 7d or 2026-11-22.`)
  }
  return date
}
