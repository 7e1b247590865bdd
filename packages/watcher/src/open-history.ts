import { createHistoryQueries } from './store/history-queries.ts'
import { openDatabase } from './store/open-database.ts'
import type { Store } from './store/store.ts'

/** Reads the jobs that have ended from the database of a watcher. */
export interface JobHistory extends Pick<Store, 'readHistory' | 'countFailures'> {
  close(): Promise<void>
}

/**
 * Opens the database of a watcher to read the history of jobs, without polling anything.
 *
 * @param database `postgres://…`, or the folder of an embedded database that no other process uses
 * @throws Error if the database cannot be opened or is not the database of a watcher
 */
export async function openHistory(database: string): Promise<JobHistory> {
  const opened = await openDatabase(database, { onError: () => {}, mustExist: true })
  try {
    const { rows } = await opened.query(`select to_regclass('jobscope.history') is not null as exists`)
    if (!rows[0]?.exists) {
      throw new Error('The database has no history of jobs. Start `jobscope serve` with this database first.')
    }
  } catch (error) {
    await opened.close()
    throw error
  }
  const { readHistory, countFailures } = createHistoryQueries(opened)
  return { readHistory, countFailures, close: () => opened.close() }
}
