import { ConfigurationError } from '@jobscope/core/internal'
import { checkDatabase } from './check-values.ts'
import type { Config } from './config.ts'
import type { SecretReader } from './secret-reader.ts'

/**
 * Returns the location of the database.
 *
 * @throws ConfigurationError if the secret that contains the location is missing or invalid
 */
export async function readDatabase(database: NonNullable<Config['database']>, secrets: SecretReader): Promise<string> {
  if (typeof database === 'string') return database
  const location = await secrets.read(database, 'database')
  checkLocation(location)
  return location
}

/** @throws ConfigurationError if the location of a database is invalid */
export function checkLocation(location: string): void {
  for (const problem of checkDatabase(location)) throw new ConfigurationError('database', problem)
}
