import type { Duration } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import type { Config } from './config.ts'
import { describePath, type Path, type PathProblem } from './config-error.ts'

/** The database cannot store much longer time spans. */
const maxHours = 87_600

/** Returns the end of a sentence about a time span that is too long. */
export const checkMaxDuration = (duration: Duration): string[] =>
  toMilliseconds(duration, 'duration', true) > maxHours * 3_600_000 ? [`Use a time span of at most ${maxHours}h.`] : []

/** Finds time spans that are too long, and intervals that contradict each other. The time spans of rules are checked with the rules. */
export function checkDurations({
  accounts,
  sinks = [],
  retention = {},
}: Pick<Config, 'accounts' | 'sinks' | 'retention'>): PathProblem[] {
  const durations: readonly (readonly [Path, Duration | undefined])[] = [
    ...accounts.flatMap(({ interval, maxInterval }, index) => [
      [['accounts', index, 'interval'], interval] as const,
      [['accounts', index, 'maxInterval'], maxInterval] as const,
    ]),
    ...sinks.map(({ retryFor }, index) => [['sinks', index, 'retryFor'], retryFor] as const),
    [['retention', 'events'], retention.events],
    [['retention', 'history'], retention.history],
  ]
  const tooLong = durations.flatMap(([path, duration]) =>
    duration === undefined
      ? []
      : checkMaxDuration(duration).map(advice => ({
          path,
          message: `${describePath(path)} is ${duration}. ${advice}`,
        })),
  )
  const contradictions = accounts.flatMap(({ interval, maxInterval }, index) => {
    if (interval === undefined || maxInterval === undefined) return []
    if (toMilliseconds(interval, 'interval') <= toMilliseconds(maxInterval, 'maxInterval')) return []
    const path = ['accounts', index, 'interval']
    const message = `${describePath(path)} is ${interval}, which is longer than maxInterval: ${maxInterval}. Set a longer maxInterval.`
    return [{ path, message }]
  })
  return [...tooLong, ...contradictions]
}
