import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Database } from './database.ts'

export interface PoolOptions {
  readonly connectionString: string
  /** Maximum number of connections. @default 8 */
  readonly max?: number | undefined
  /** Called when an idle connection fails. The pool replaces the connection. */
  readonly onError: (error: Error) => void
}

/**
 * With these options, the server ends statements that take too long. It also ends the transactions of a process that has stopped,
 * so that their locks do not block other processes.
 */
const sessionOptions = '-c idle_in_transaction_session_timeout=5s -c statement_timeout=60s'

/**
 * How long the client waits for the response to a statement, in ms. The server has a timeout, too, but if the network fails,
 * the client does not receive the error of this timeout.
 */
const queryTimeout = 70_000

/** How long `close` waits for connections that are in use, in ms. */
const closeTimeout = 5_000

/** `pg` treats these modes like `verify-full`, but prints a long warning about it. */
const strictSslModes: readonly (string | null)[] = ['prefer', 'require', 'verify-ca']

/** Replaces an SSL mode by its current meaning, so that no warning is printed between the lines of the log. */
export function nameSslMode(connectionString: string): string {
  const url = new URL(connectionString)
  const { searchParams } = url
  if (!strictSslModes.includes(searchParams.get('sslmode')) || searchParams.has('uselibpqcompat'))
    return connectionString
  searchParams.set('sslmode', 'verify-full')
  return url.href
}

/** Connects to a PostgreSQL server. */
export function createPoolDatabase({ connectionString, max = 8, onError }: PoolOptions): Database {
  const pool = new pg.Pool({
    connectionString: nameSslMode(connectionString),
    max,
    connectionTimeoutMillis: 10_000,
    application_name: 'jobscope',
    options: sessionOptions,
    query_timeout: queryTimeout,
    keepAlive: true,
  })
  pool.on('error', onError)
  return {
    isEmbedded: false,
    query: (text, values) => pool.query(text, values as unknown[]),
    async exec(sql) {
      return [await pool.query(sql)].flat().flatMap(({ rows }) => rows)
    },
    async transaction(run) {
      const client = await pool.connect()
      // Without a listener, an error of a connection that is in use would end the process.
      const ignoreError = () => {}
      client.on('error', ignoreError)
      const release = (isBroken: boolean) => {
        client.off('error', ignoreError)
        client.release(isBroken)
      }
      try {
        await client.query('begin')
        const result = await run(client as never)
        await client.query('commit')
        release(false)
        return result
      } catch (error) {
        const isUsable = await client.query('rollback').then(
          () => true,
          () => false,
        )
        release(!isUsable)
        throw error
      }
    },
    async close() {
      const timer = new AbortController()
      const timeout = sleep(closeTimeout, undefined, { ref: false, signal: timer.signal }).catch(() => {})
      await Promise.race([pool.end(), timeout])
      timer.abort()
    },
  }
}
