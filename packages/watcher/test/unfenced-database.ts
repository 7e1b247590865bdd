import type { Database, Queryable } from '../src/store/database.ts'

/**
 * Switches off the two checks that reject a commit of a worker that has lost its run. The first check compares the version of the shard,
 * and the second check compares the attempt of the pg-boss job. Without these checks, the test with real processes must find errors. This
 * shows that the test detects missing checks.
 */
export function createUnfencedDatabase(database: Database): Database {
  const adapt = (client: Queryable): Queryable => ({
    async query(text, values) {
      if (text.includes('update jobscope.shards set version')) {
        return client.query(text.replace('and version = $2', 'and $2::bigint is not null'), values)
      }
      const result = await client.query(text, values)
      const isLost = /delete from jobscope_queue/i.test(text) && result.rows[0]?.count === '0'
      return isLost ? { rows: [{ ...result.rows[0], count: '1' }] } : result
    },
  })
  return { ...database, transaction: run => database.transaction(client => run(adapt(client))) }
}
