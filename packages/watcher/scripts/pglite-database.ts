import type { PGlite, Transaction } from '@electric-sql/pglite'
import type { Database, Queryable } from '../src/store/database.ts'

/** Uses a PGlite instance. It has one connection, so transactions run one after the other. */
export function createPgliteDatabase(lite: PGlite): Database {
  const adapt = (client: PGlite | Transaction): Queryable => ({
    query: async (text, values) => client.query(text, values as unknown[]),
  })
  return {
    isEmbedded: true,
    ...adapt(lite),
    exec: async sql => (await lite.exec(sql)).flatMap(({ rows }) => rows),
    transaction: run => lite.transaction(client => run(adapt(client))),
    close: () => lite.close(),
  }
}
