import type { Database } from '../src/store/database.ts'

/** Marks statements that the measurement itself sends, so that their time is not counted. */
export const measurementMark = '/* measurement */'

/** Reads how long the server needed for statements. `startPostgres` loads the extension. */
export async function createStatementStatistics(database: Database) {
  await database.exec('create extension if not exists pg_stat_statements')
  return {
    reset: () => database.exec('select pg_stat_statements_reset()'),
    /** Time of all statements since the last reset, in ms. */
    async readTime(): Promise<number> {
      const { rows } = await database.query(
        `select sum(total_exec_time + total_plan_time) as time from pg_stat_statements where query not like $1`,
        [`%${measurementMark}%`],
      )
      return Number(rows[0].time)
    },
  }
}
