import { UsageError } from '../usage-error.ts'
import type { PageHistory } from './protocol.ts'

/** The part of `@jobscope/watcher` that this command uses. The package is an optional peer dependency, so it has no types here. */
interface WatcherModule {
  openHistory(database: string): Promise<{
    readHistory(query: { since: number; until: number; period: number }): Promise<PageHistory['periods']>
    countFailures(query: { since: number; until: number }): Promise<PageHistory['failures']>
    close(): Promise<void>
  }>
}

const hour = 3_600_000
const day = 24 * hour

/**
 * Opens the database of a watcher.
 *
 * @throws UsageError if `@jobscope/watcher` is not installed, or if the database cannot be opened
 */
export async function openHistory(database: string) {
  const watcher = (await import(locateWatcher())) as WatcherModule
  const opened = await watcher.openHistory(database).catch((error: Error) => {
    throw new UsageError(`Cannot read the history from --database. ${error.message}`)
  })
  return {
    /** Reads counts and durations, by hour or by day, of the jobs that ended during the last `days` days, and why jobs failed. */
    async read(days: number): Promise<PageHistory> {
      const until = Date.now()
      const since = until - days * day
      const period = days <= 2 ? hour : day
      const query = { since, until }
      return {
        since,
        until,
        period,
        periods: await opened.readHistory({ ...query, period }),
        failures: await opened.countFailures(query),
      }
    },
    close: () => opened.close(),
  }
}

function locateWatcher(): string {
  try {
    return import.meta.resolve('@jobscope/watcher')
  } catch {
    throw new UsageError(
      'The package @jobscope/watcher is not installed. It reads the history. Install it with: npm install @jobscope/watcher',
    )
  }
}
