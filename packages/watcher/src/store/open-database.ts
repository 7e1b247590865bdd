import type { Database } from './database.ts'
import { type EmbeddedOptions, openEmbeddedDatabase } from './embedded-database.ts'

export interface DatabaseOptions extends EmbeddedOptions {
  /** Called when an idle connection to a server fails. The connection is replaced. */
  readonly onError: (error: Error) => void
}

/** Connects to a server (`postgres://…`), or opens the embedded database in a folder. */
export async function openDatabase(location: string, { onError, ...options }: DatabaseOptions): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(location)) return openEmbeddedDatabase(location, options)
  const { createPoolDatabase } = await import('./pool-database.ts')
  return createPoolDatabase({ connectionString: location, onError })
}
