/**
 * Creates `dist/template.tar.gz`: the files of an empty embedded database with all tables. Copying these files takes a few seconds,
 * but creating a database takes up to 20 seconds.
 */
import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { createPostgresStore } from '../src/store/postgres-store.ts'
import { createPgliteDatabase } from './pglite-database.ts'

const lite = await PGlite.create()
const database = { ...createPgliteDatabase(lite), close: async () => {} }
const store = createPostgresStore({
  database,
  onError: error => {
    throw error
  },
})
await store.start()
await store.stop()
const files = await lite.dumpDataDir('gzip')
await writeFile(new URL('../dist/template.tar.gz', import.meta.url), Buffer.from(await files.arrayBuffer()))
await lite.close()
