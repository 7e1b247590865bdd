import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHistory } from '../src/open-history.ts'
import type { Database } from '../src/store/database.ts'
import { openEmbeddedDatabase } from '../src/store/embedded-database.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import type { Store } from '../src/store/store.ts'
import { testStore } from './store-contract.ts'

describe('in memory', () => {
  const store = createMemoryStore()
  testStore(() => store)
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

  test('checkWritable() rejects if the database is read-only or a privilege is missing', async () => {
    await database.exec('set default_transaction_read_only = on')
    await expect(store.checkWritable()).rejects.toThrow('read-only')
    await database.exec('set default_transaction_read_only = off')
    await database.exec(
      'create role reader; grant usage on schema jobscope, jobscope_queue to reader; grant all on all tables in schema jobscope, jobscope_queue to reader; set role reader',
    )
    await store.checkWritable()
    await database.exec('reset role; revoke insert on jobscope.events from reader; set role reader')
    await expect(store.checkWritable()).rejects.toThrow('permission denied for table events')
    await database.exec('reset role')
  })

  test('a start rejects if the tables of the queues have an unsupported version', async () => {
    const other = createPostgresStore({ database, onError: console.error })
    const [row] = (await database.query('select version from jobscope_queue.version')).rows
    await database.query('update jobscope_queue.version set version = 9999')
    await expect(other.start()).rejects.toThrow(
      'The tables in the schema jobscope_queue have version 9999, but this watcher supports only versions up to',
    )
    await database.query('update jobscope_queue.version set version = 1')
    await expect(other.start()).rejects.toThrow('Stop all watchers, and delete this schema.')
    await database.query('update jobscope_queue.version set version = $1', [row.version])
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

test('openHistory() rejects if the server cannot be reached', async () => {
  await expect(openHistory('postgres://127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED')
})
