import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHistory } from '../src/open-history.ts'
import type { Database } from '../src/store/database.ts'
import { openEmbeddedDatabase } from '../src/store/embedded-database.ts'
import { createHistoryQueries, deleteBatchSize } from '../src/store/history-queries.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import type { Store } from '../src/store/store.ts'
import { testStore } from './store-contract.ts'

describe('in memory', () => {
  const store = createMemoryStore()
  testStore(() => store)
})

test('in memory, runs and rate-limit tokens are available on time after the clock was set back', async () => {
  let now = 10 * 3_600_000
  const store = createMemoryStore(() => now)
  await store.takeTokens({ account: 'a', count: 1, rate: 1, burst: 5 })
  await store.addRun('shards', 'a/1')
  const [run] = await store.fetchRuns('shards', 1)
  if (run) await store.postponeRun(run, 60_000)
  now -= 3_600_000
  expect(await store.fetchRuns('shards', 1)).toEqual([])
  expect((await store.takeTokens({ account: 'a', count: 1, rate: 1, burst: 5 })).wait).toBeLessThanOrEqual(1000)
  now += 60_000
  expect(await store.fetchRuns('shards', 1)).toHaveLength(1)
})

describe('embedded PostgreSQL', () => {
  let folder: string
  let database: Database
  let store: Store
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
    database = await openEmbeddedDatabase(folder)
    store = createPostgresStore({ database, onError: console.error })
    await store.start()
  })
  afterAll(async () => {
    await store.stop()
    await rm(folder, { recursive: true })
  })
  testStore(() => store)

  test('runs and rate-limit tokens are available on time after the clock of the database was set back', async () => {
    await store.addRun('sinks', 'due')
    await store.addRun('sinks', 'later')
    const later = (await store.fetchRuns('sinks', 10)).find(({ key }) => key === 'later')
    if (later) await store.postponeRun(later, 60_000)
    await store.takeTokens({ account: 'late', count: 1, rate: 1, burst: 5 })
    // All stored times are now in the future.
    await database.query(
      `update jobscope_queue.job set created_on = created_on + interval '1 h', start_after = start_after + interval '1 h'
       where singleton_key in ('due', 'later')`,
    )
    await database.query(`update jobscope_queue.job set state = 'created' where singleton_key = 'due'`)
    await database.query(`update jobscope.buckets set at = at + interval '1 h'`)
    // A new store checks the clock at once.
    const other = createPostgresStore({ database, onError: console.error })
    expect((await other.fetchRuns('sinks', 10)).map(({ key }) => key)).toEqual(['due'])
    const { rows } = await database.query(
      `select extract(epoch from start_after - now())::float8 as pause from jobscope_queue.job where singleton_key = 'later'`,
    )
    expect(rows[0].pause).toBeGreaterThan(50)
    expect(rows[0].pause).toBeLessThan(61)
    expect((await store.takeTokens({ account: 'late', count: 1, rate: 1, burst: 5 })).wait).toBeLessThanOrEqual(1000)
    await database.query(`delete from jobscope_queue.job where singleton_key in ('due', 'later')`)
  })

  test('of two attempts of the same run, only the latest one still belongs to the worker', async () => {
    await store.addRun('sinks', 'expired')
    const [run] = await store.fetchRuns('sinks', 1)
    if (!run) throw new Error('no run')
    // pg-boss does the same after 15 minutes, when the worker fetches the expired run again.
    await database.query(`update jobscope_queue.job set retry_count = retry_count + 1 where id = $1`, [
      run.attempt.split('#')[0],
    ])
    const next = { ...run, attempt: run.attempt.replace('#0', '#1') }
    expect(await store.keepRuns([run, next])).toEqual([next])
    expect(await store.keepRuns([next, run])).toEqual([next])
    expect(await store.keepRuns([run])).toEqual([])
    await store.removeRun(next)
  })
})

test('old rows are deleted in batches, so that no statement reaches its timeout', async () => {
  const counts = new Map<string, number>()
  const database = {
    async query(text: string) {
      const table = /delete from (jobscope\.\w+)/.exec(text)?.[1] ?? text
      counts.set(table, (counts.get(table) ?? 0) + 1)
      expect(text).toContain(`limit ${deleteBatchSize}`)
      return { rows: [{ count: (counts.get(table) ?? 0) < 3 ? deleteBatchSize : 7 }] }
    },
  } as unknown as Database
  await createHistoryQueries(database).deleteOld({ events: 1, history: 1, sinks: ['a'] })
  const tables = ['events', 'dead_letters', 'history', 'jobs'].map(name => `jobscope.${name}`)
  expect(counts).toEqual(new Map(tables.map(table => [table, 3])))
})

test('openHistory() rejects if the server cannot be reached', async () => {
  await expect(openHistory('postgres://127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED')
})
