import type { Database } from './database.ts'
import { openEmbeddedDatabase } from './embedded-database.ts'

/**
 * Connects to a server (`postgres://…`), or opens the embedded database in a folder.
 *
 * @param mustExist whether the folder must already contain a database
 */
export async function openDatabase(
  location: string,
  onError: (error: Error) => void,
  mustExist = false,
): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(location)) return openEmbeddedDatabase(location, mustExist)
  const { createPoolDatabase } = await import('./pool-database.ts')
  return createPoolDatabase({ connectionString: location, onError })
}
