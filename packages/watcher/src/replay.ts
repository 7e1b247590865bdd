import { createSink } from './config/create-options.ts'
import { readConfig } from './config/read-config.ts'
import { findDatabase } from './config/read-database.ts'
import { createSecretReader } from './config/secret-reader.ts'
import { createDatabaseError } from './operations/describe-error.ts'
import { createLog } from './operations/log.ts'
import { checkSince, findSink, replayEvents } from './sinks/replay-events.ts'
import { requireCurrentTables } from './store/migrations.ts'
import { openDatabase } from './store/open-database.ts'
import { createPostgresStore } from './store/postgres-store.ts'

export interface ReplayCommandOptions {
  /** The configuration file. */
  readonly config: string
  /** Used instead of the database in the configuration file. */
  readonly database?: string | undefined
  readonly env: NodeJS.ProcessEnv
  /** The name of the sink. */
  readonly sink: string
  /** Also repeats the events since this time. */
  readonly since?: Date | undefined
}

/**
 * Delivers the dead letters of a sink again. Polls nothing and runs no other sink, so it can run while other processes use the same database
 * on a server.
 *
 * @returns the number of events that were delivered
 * @throws ConfigError if the file has mistakes
 * @throws ConfigurationError if the sink is unknown or `since` is in the future
 * @throws AggregateError if deliveries failed
 */
export async function replay({ config, database, env, sink: name, since }: ReplayCommandOptions): Promise<number> {
  const secrets = new Set<string>()
  const reader = createSecretReader(env, secrets)
  const { redact } = createLog(process.stderr, secrets)
  const parsed = await readConfig(config)
  const sinks = new Map(parsed.config.sinks?.map(({ type, name = type }, index) => [name, index]))
  const index = findSink(name, sinks)
  if (since) checkSince(since, Date.now())
  const sink = await parsed.addPositions(() => createSink(parsed.config, index, reader))
  const location = await findDatabase(parsed, database, { reader, secrets })
  const opened = await openDatabase(location, { onError: () => {}, mustExist: true }).catch(error => {
    throw createDatabaseError(error)
  })
  try {
    await requireCurrentTables(opened).catch(error => {
      throw createDatabaseError(error)
    })
    // The store is not started, because its queues are not needed.
    const store = createPostgresStore({ database: opened, onError: () => {} })
    return await replayEvents({ store, sink, since, signal: new AbortController().signal, redact })
  } finally {
    await opened.close()
  }
}
