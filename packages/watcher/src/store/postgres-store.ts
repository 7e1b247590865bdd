import { PgBoss } from 'pg-boss'
import type { Database, Queryable } from './database.ts'
import { createEventQueries } from './event-queries.ts'
import { createHistoryQueries } from './history-queries.ts'
import { migrate, withMigrationLock } from './migrations.ts'
import { createShardQueries } from './shard-queries.ts'
import { getAccountPart, type QueueName, type Run, StaleRunError, type Store } from './store.ts'

export interface PostgresStoreOptions {
  readonly database: Database
  readonly onError: (error: unknown) => void
  /** How often the store searches for expired leases, in seconds. @default 2 */
  readonly supervision?: number | undefined
}

const queues: readonly QueueName[] = ['shards', 'sinks', 'maintenance']

/** A worker must end a run within this time, in seconds. */
const expiration = 900

/** While a run lasts, its worker must send a heartbeat at least this often, in seconds. Otherwise, the run is repeated. */
const heartbeat = 10

/**
 * The maximum number of retries. It is this high because a run must be repeated until it succeeds. With a low limit, a shard would have no
 * more runs after a few crashes.
 */
const retryLimit = 2_000_000_000

/** How often the store checks whether the clock of the database was set back, in ms. */
const correctionInterval = 10_000

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

const toJobOptions = (key: string) => ({ singletonKey: key, group: { id: getAccountPart(key) } })

const toAttempt = ({ attempt }: Run): Attempt => {
  const [id = '', retryCount] = attempt.split('#')
  return { id, retryCount: Number(retryCount) }
}

/** Properties that pg-boss returns for a command, but that its types do not contain. */
interface CommandResult {
  /** The number of changed rows. */
  readonly affected?: number
  /** The IDs of the changed rows. */
  readonly settled?: readonly string[]
}

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

  /** Ends a run and adds the next one. The policy of the queue allows only one run per key, so the old run is deleted first. */
  const settle = async (run: Run, nextIn: number | undefined, client: Queryable) => {
    const { affected }: CommandResult = await boss.deleteJob(run.queue, toAttempt(run), { db: toBossDatabase(client) })
    if (affected !== 1) throw new StaleRunError(`Another worker has taken over ${run.key}.`)
    if (nextIn === undefined) return
    // A number of seconds in `startAfter` is added to the time of the database's clock. A `Date` would come from the clock of the worker,
    // and the clocks of the workers may differ.
    const startAfter = Math.round(nextIn) / 1000
    await boss.send(run.queue, { key: run.key }, { ...toJobOptions(run.key), startAfter, db: toBossDatabase(client) })
  }
  const settleIfOwned = async (run: Run, nextIn: number | undefined) => {
    try {
      await database.transaction(client => settle(run, nextIn, client))
    } catch (error) {
      if (!(error instanceof StaleRunError)) throw error
    }
  }

  let lastCorrection = Number.NEGATIVE_INFINITY
  /**
   * Corrects the times of runs that seem to be added in the future, because the clock of the database was set back. Otherwise, the queues
   * would stop until the clock reaches these times again. The pauses of the runs stay the same.
   */
  const correctDueTimes = async () => {
    if (performance.now() - lastCorrection < correctionInterval) return
    lastCorrection = performance.now()
    await database.query(
      `update jobscope_queue.job set start_after = now() + (start_after - created_on), created_on = now()
       where state < 'active' and created_on > now() + interval '5 s'`,
    )
  }

  return {
    async start() {
      await withMigrationLock(database, async () => {
        await migrate(database)
        await boss.start()
        const existing = new Set((await boss.getQueues()).map(({ name }) => name))
        for (const queue of queues) if (!existing.has(queue)) await boss.createQueue(queue, queueOptions)
      })
    },
    async stop() {
      await boss.stop({ graceful: false, close: false })
      await database.close()
    },

    async addRun(queue, key) {
      await boss.send(queue, { key }, toJobOptions(key))
    },
    async fetchRuns(queue, count, exceptAccounts = []) {
      await correctDueTimes()
      const jobs = await boss.fetch<{ key: string }>(queue, { batchSize: count, ignoreGroups: [...exceptAccounts] })
      return jobs.map(({ id, retryCount, data }) => ({ queue, key: data.key, attempt: `${id}#${retryCount}` }))
    },
    async keepRuns(runs) {
      const [first] = runs
      if (!first) return []
      // After a run has expired, the same worker can fetch it again while the old attempt still lasts. pg-boss returns only IDs, and both
      // attempts have the same ID, so only the latest attempt may be passed.
      const latest = new Map<string, Run>()
      for (const run of runs) {
        const { id, retryCount } = toAttempt(run)
        const other = latest.get(id)
        if (!other || toAttempt(other).retryCount < retryCount) latest.set(id, run)
      }
      const candidates = [...latest.values()]
      const { settled = [] }: CommandResult = await boss.touch(first.queue, candidates.map(toAttempt))
      return candidates.filter(run => settled.includes(toAttempt(run).id))
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
