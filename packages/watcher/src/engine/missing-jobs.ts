import type { JobEvent } from '@jobscope/jobs'
import type { NewEvent } from '../store/store.ts'
import { appliesToShard, getRuleName, type Rule } from './rules.ts'
import type { ShardState } from './shard-state.ts'

interface Times {
  readonly now: number
  /** When the shard was added. */
  readonly createdAt: number
}

/** Checks the rules of the type `missing`, each once a day. */
export function checkMissingJobs(
  shard: { readonly service: string; readonly kind: string; readonly rules: readonly Rule[] },
  { poll, progress }: ShardState,
  jobEvents: readonly JobEvent[],
  { now, createdAt }: Times,
) {
  const checkedDays: Record<string, string> = { ...progress.checkedDays }
  const seenDays: Record<string, string> = { ...progress.seenDays }
  const events: NewEvent[] = []
  for (const rule of shard.rules) {
    if (rule.type !== 'missing' || !appliesToShard(rule, shard)) continue
    const name = getRuleName(rule)
    const { timeZone = 'UTC' } = rule
    const text = rule.matchName.toLowerCase()
    for (const event of jobEvents) {
      if (!('job' in event) || !event.job.name?.toLowerCase().includes(text)) continue
      const { day } = getLocalTime(event.job.createdAt?.getTime() ?? now, timeZone)
      if (day > (seenDays[name] ?? '')) seenDays[name] = day
    }
    const { day, timeOfDay } = getLocalTime(now, timeZone)
    if (checkedDays[name] === day || timeOfDay < rule.by || poll.scan?.isFirst || poll.failuresInRow > 0) continue
    checkedDays[name] = day
    // On the first day, no event is created, because the job may have ended before the first poll.
    const isFirstDay = getLocalTime(createdAt, timeZone).day === day
    if (isFirstDay || seenDays[name] === day) continue
    events.push({ ref: '', type: 'rule.missing', time: now, data: { rule: name, name: rule.matchName } })
  }
  return { checkedDays, seenDays, events }
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
