import type { JobEvent } from '@jobscope/jobs'
import type { NewEvent } from '../store/store.ts'
import { appliesToShard, getRuleName, type Rule } from './rules.ts'
import type { ShardState } from './shard-state.ts'

/** The number of days per rule that are kept. A check needs the current day and the previous day. */
const keptDays = 2

/**
 * Checks the rules of the type `missing`, each once a day, after the first complete scan that began after the time `by`. If no such scan
 * began before midnight, the first complete scan of the next day is used. Polls without a scan, and scans that are not complete, may not
 * have found all jobs. The day on which a shard first uses a rule is not checked, because earlier jobs of this day are unknown.
 */
export function checkMissingJobs(
  shard: {
    readonly account: string
    readonly service: string
    readonly kind: string
    readonly rules: readonly Rule[]
  },
  { poll, progress }: ShardState,
  jobEvents: readonly JobEvent[],
  now: number,
) {
  // The days of rules that were removed are not kept. Otherwise, a rule that is added again would check the days before.
  const checkedDays: Record<string, string> = {}
  const seenDays: Record<string, readonly string[]> = {}
  const events: NewEvent[] = []
  for (const rule of shard.rules) {
    if (rule.type !== 'missing' || !appliesToShard(rule, shard)) continue
    const { matchName, timeZone = 'UTC' } = rule
    // The stored days depend on the name and the time zone of the rule. If the rule changes, its key changes, so the rule starts again.
    const key = JSON.stringify([getRuleName(rule), matchName, timeZone])
    const text = matchName.toLowerCase()
    const seen = new Set(progress.seenDays?.[key])
    for (const event of jobEvents) {
      if (!('job' in event) || !event.job.name?.toLowerCase().includes(text)) continue
      seen.add(getLocalTime(event.job.createdAt?.getTime() ?? now, timeZone).day)
    }
    if (seen.size > 0) seenDays[key] = [...seen].toSorted().slice(-keptDays)
    const { day: today } = getLocalTime(now, timeZone)
    const lastChecked = progress.checkedDays?.[key] ?? today
    checkedDays[key] = lastChecked
    if (poll.scan?.completeAsOf === undefined) continue
    const scan = getLocalTime(poll.scan.completeAsOf, timeZone)
    for (const day of [getPreviousDay(today), today]) {
      const isComplete = scan.day > day || (day === today && scan.day === today && scan.timeOfDay >= rule.by)
      if (!isComplete || day <= lastChecked) continue
      checkedDays[key] = day
      if (seen.has(day)) continue
      events.push({ ref: '', type: 'rule.missing', time: now, data: { rule: getRuleName(rule), name: matchName, day } })
    }
  }
  return { checkedDays, seenDays, events }
}

const getPreviousDay = (day: string): string => {
  const date = new Date(day)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Returns a formatter. Formatters are kept, because creating a formatter takes longer than the rest of a poll. */
function getFormatter(timeZone: string): Intl.DateTimeFormat {
  const existing = formatters.get(timeZone)
  if (existing) return existing
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  formatters.set(timeZone, formatter)
  return formatter
}

/** Converts a time to the day and the time of day in a time zone, for example `2026-11-29` and `06:30`. */
function getLocalTime(time: number, timeZone: string): { readonly day: string; readonly timeOfDay: string } {
  const [day = '', timeOfDay = ''] = getFormatter(timeZone).format(time).split(' ')
  return { day, timeOfDay }
}
