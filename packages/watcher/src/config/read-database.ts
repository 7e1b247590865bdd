import { ConfigurationError } from '@jobscope/core/internal'
import { checkDatabase } from './check-values.ts'
import type { Config } from './config.ts'
import type { ParsedConfig } from './parse-config.ts'
import type { SecretReader } from './secret-reader.ts'

const defaultDatabase = 'jobscope-data'

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

/**
 * Returns the location of the database that `jobscope serve` uses, and adds its password to the secrets.
 *
 * @param database used instead of the database in the configuration
 */
export async function findDatabase(
  { config, addPositions }: ParsedConfig,
  database: string | undefined,
  { reader, secrets }: { readonly reader: SecretReader; readonly secrets: Set<string> },
): Promise<string> {
  if (database !== undefined) checkLocation(database)
  const location = database ?? (await addPositions(() => readDatabase(config.database ?? defaultDatabase, reader)))
  if (URL.canParse(location)) secrets.add(new URL(location).password)
  return location
}
