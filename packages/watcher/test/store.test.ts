import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHistory } from '../src/open-history.ts'
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
  let store: Store
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
    const database = await openEmbeddedDatabase(folder)
    store = createPostgresStore({ database, onError: console.error })
    await store.start()
  })
  afterAll(async () => {
    await store.stop()
    await rm(folder, { recursive: true })
  })
  testStore(() => store)
})

test('openHistory() rejects if the server cannot be reached', async () => {
  await expect(openHistory('postgres://127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED')
})
