import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPoolDatabase } from '../src/store/pool-database.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import type { Store } from '../src/store/store.ts'
import { countErrors } from './check-events.ts'
import { runWorkers } from './run-workers.ts'
import { type Postgres, startPostgres } from './start-postgres.ts'
import { testStore } from './store-contract.ts'

/** The short run is a part of `pnpm test:long`. JOBSCOPE_REAL_RUN=full selects the full run, which takes about six minutes. */
const isFull = process.env['JOBSCOPE_REAL_RUN'] === 'full'
const run = isFull
  ? { jobs: 20_000, speed: 600, duration: 300, killInterval: 20, stopDuration: 60 }
  : { jobs: 1000, speed: 600, duration: 60, killInterval: 8, stopDuration: 30 }

/**
 * The maximum time between two polls of a shard, in seconds. After a worker is killed, another worker must poll its shards within this
 * time. The limit is higher for the short run, because other tests run at the same time.
 */
const maxTakeover = isFull ? 15 : 30

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 300_000)
afterAll(() => postgres.stop())

const connect = () => createPoolDatabase({ connectionString: postgres.url, onError: () => {} })

describe('PostgreSQL server', () => {
  let store: Store
  beforeAll(async () => {
    store = createPostgresStore({ database: connect(), onError: console.error })
    await store.start()
  })
  afterAll(() => store.stop())
  testStore(() => store)
})

test('three processes can start on a new database at the same time', async () => {
  for (let attempt = 0; attempt < 5; attempt++) {
    const name = `new_${attempt}`
    const admin = connect()
    await admin.query(`create database ${name}`)
    await admin.close()
    const connectionString = postgres.url.replace(/postgres$/, name)
    const stores = Array.from({ length: 3 }, () =>
      createPostgresStore({ database: createPoolDatabase({ connectionString, onError: () => {} }), onError: () => {} }),
    )
    const results = await Promise.allSettled(stores.map(store => store.start()))
    expect(results.map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'))
    for (const store of stores) await store.addRun('shards', 'a/1')
    expect(await stores[0]?.fetchRuns('shards', 10)).toHaveLength(1)
    for (const store of stores) await store.stop()
  }
}, 300_000)

test('reports the end of every job once and in order while worker processes are killed and stopped', async () => {
  const report = await runWorkers({ database: postgres.url, ...run })
  console.log(countErrors(report), [...report.lost, ...report.broken].slice(0, 5))
  expect(countErrors(report)).toMatchObject({ jobs: run.jobs, hasStopped: true, lost: 0, different: 0, broken: 0 })
  expect(report.kills).toBeGreaterThan(2)
  expect(report.takeover).toBeLessThan(maxTakeover)
}, 900_000)

test('checkEvents finds errors if stale commits are not rejected', async () => {
  const report = countErrors(await runWorkers({ database: postgres.url, ...run, isFenced: false }))
  console.log(report)
  expect(report.lost + report.broken).toBeGreaterThan(0)
}, 900_000)
