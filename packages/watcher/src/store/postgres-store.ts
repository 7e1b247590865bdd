import { PgBoss } from 'pg-boss'
import type { Database, Queryable } from './database.ts'
import { createEventQueries } from './event-queries.ts'
import { createHistoryQueries } from './history-queries.ts'
import { migrate } from './migrations.ts'
import { createShardQueries } from './shard-queries.ts'
import { type QueueName, type Run, StaleRunError, type Store } from './store.ts'

export interface PostgresStoreOptions {
  readonly database: Database
  readonly onError: (error: unknown) => void
  /** How often the store searches for expired leases, in seconds. @default 2 */
  readonly supervision?: number | undefined
}

const queues: readonly QueueName[] = ['shards', 'sinks', 'maintenance']

/** The worker must end a run within this time, in seconds. A heartbeat every 10 seconds shows that the worker is still running. */
const expiration = 900
const heartbeat = 10

/** A run is repeated until it succeeds. With a lower limit of retries, a shard would have no more runs after a few crashes. */
const retryLimit = 2_000_000_000

/** Completed runs are deleted, so a queue contains one row for each key. */
const queueOptions = {
  policy: 'exclusive',
  retryLimit,
  retryDelay: 0,
  expireInSeconds: expiration,
  heartbeatSeconds: heartbeat,
} as const

interface Attempt {
  readonly id: string
  readonly retryCount: number
}

const toAttempt = ({ attempt }: Run): Attempt => {
  const [id = '', retryCount] = attempt.split('#')
  return { id, retryCount: Number(retryCount) }
}

/** The documentation of pg-boss describes the number of changed rows, but its types do not contain it. */
const countAffected = (result: object): number | undefined => (result as { readonly affected?: number }).affected

/** A store on PostgreSQL. pg-boss provides queues, leases and retries. */
export function createPostgresStore({ database, onError, supervision = 2 }: PostgresStoreOptions): Store {
  const boss = new PgBoss({
    db: toBossDatabase(database),
    backend: database.isEmbedded ? 'pglite' : 'postgres',
    schema: 'jobscope_queue',
    schedule: false,
    superviseIntervalSeconds: supervision,
    monitorIntervalSeconds: supervision,
  })
  boss.on('error', onError)

  const addNext = async (queue: QueueName, key: string, nextIn: number, client?: Queryable) => {
    // The due time is based on the clock of the database, because the clocks of the workers may differ.
    const { rows } = await (client ?? database).query(
      `select clock_timestamp() + $1 * interval '1 millisecond' as due`,
      [nextIn],
    )
    await boss.send(
      queue,
      { key },
      {
        singletonKey: key,
        startAfter: new Date(rows[0].due),
        ...(client && { db: toBossDatabase(client) }),
      },
    )
  }

  /** Ends a run and adds the next one. The policy of the queue allows only one run per key, so the old run is deleted first. */
  const settle = async (run: Run, nextIn: number | undefined, client: Queryable) => {
    const result = await boss.deleteJob(run.queue, toAttempt(run), { db: toBossDatabase(client) })
    if (countAffected(result) !== 1) throw new StaleRunError(`Another worker has taken over ${run.key}.`)
    if (nextIn !== undefined) await addNext(run.queue, run.key, nextIn, client)
  }
  const settleIfOwned = async (run: Run, nextIn: number | undefined) => {
    try {
      await database.transaction(client => settle(run, nextIn, client))
    } catch (error) {
      if (!(error instanceof StaleRunError)) throw error
    }
  }

  return {
    async start() {
      await migrate(database)
      await boss.start()
      const existing = new Set((await boss.getQueues()).map(({ name }) => name))
      for (const queue of queues) if (!existing.has(queue)) await boss.createQueue(queue, queueOptions)
    },
    async stop() {
      await boss.stop({ graceful: false, close: false })
      await database.close()
    },

    async addRun(queue, key) {
      await boss.send(queue, { key }, { singletonKey: key })
    },
    async fetchRuns(queue, count) {
      const jobs = await boss.fetch<{ key: string }>(queue, { batchSize: count })
      return jobs.map(({ id, retryCount, data }) => ({ queue, key: data.key, attempt: `${id}#${retryCount}` }))
    },
    async keepRuns(runs) {
      const kept: Run[] = []
      for (const run of runs) {
        if (countAffected(await boss.touch(run.queue, toAttempt(run))) === 1) kept.push(run)
      }
      return kept
    },
    postponeRun: settleIfOwned,
    removeRun: run => settleIfOwned(run, undefined),

    ...createShardQueries(database, settle),
    ...createEventQueries(database),
    ...createHistoryQueries(database),
  }
}

/** Adapts a database to the interface of pg-boss. */
const toBossDatabase = (client: Queryable & Partial<Pick<Database, 'isEmbedded' | 'exec'>>) => ({
  async executeSql(text: string, values?: unknown[]) {
    // Several statements in one text need the simple query protocol. PGlite supports this protocol only in `exec`.
    if (client.isEmbedded && client.exec && !values?.length) return { rows: [...(await client.exec(text))] }
    return (await client.query(text, values)) as { rows: unknown[] }
  },
})
