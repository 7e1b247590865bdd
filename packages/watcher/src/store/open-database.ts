import type { Database } from './database.ts'
import { openEmbeddedDatabase } from './embedded-database.ts'
import { createPoolDatabase } from './pool-database.ts'

/** Connects to a server (`postgres://…`), or opens the embedded database in a folder. */
export const openDatabase = async (location: string, onError: (error: Error) => void): Promise<Database> =>
  /^postgres(ql)?:\/\//.test(location)
    ? createPoolDatabase({ connectionString: location, onError })
    : openEmbeddedDatabase(location)
