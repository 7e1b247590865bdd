import pg from 'pg'
import type { Database } from './database.ts'

export interface PoolOptions {
  readonly connectionString: string
  /** Maximum number of connections. @default 8 */
  readonly max?: number | undefined
  /** Called when an idle connection fails. The pool replaces it. */
  readonly onError: (error: Error) => void
}

/** Connects to a PostgreSQL server. */
export function createPoolDatabase({ connectionString, max = 8, onError }: PoolOptions): Database {
  const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 10_000, application_name: 'jobscope' })
  pool.on('error', onError)
  return {
    isEmbedded: false,
    query: (text, values) => pool.query(text, values as unknown[]),
    async exec(sql) {
      return [await pool.query(sql)].flat().flatMap(({ rows }) => rows)
    },
    async transaction(run) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await run(client as never)
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        const isUsable = await client.query('rollback').then(
          () => true,
          () => false,
        )
        client.release(!isUsable)
        throw error
      }
    },
    close: () => pool.end(),
  }
}
