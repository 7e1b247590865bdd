import type { AddressInfo } from 'node:net'
import type { Writable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import { toMilliseconds } from '@jobscope/core/internal'
import type { Config } from './config/config.ts'
import { readConfig } from './config/read-config.ts'
import { checkLocation, readDatabase } from './config/read-database.ts'
import { createSecretReader } from './config/secret-reader.ts'
import { describeError } from './operations/describe-error.ts'
import { startHttpServer } from './operations/http-server.ts'
import { createLog } from './operations/log.ts'
import type { Database } from './store/database.ts'
import { openDatabase } from './store/open-database.ts'
import type { Watcher } from './watcher.ts'

export interface ServeOptions {
  /** The configuration file. */
  readonly config: string
  /** Used instead of the database in the configuration file. */
  readonly database?: string | undefined
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Whether to serve `/healthz`, `/readyz` and `/metrics`. @default true */
  readonly http?: boolean | undefined
  /** Where the log is written. @default standard error */
  readonly log?: Writable | undefined
}

export interface Server {
  readonly watcher: Watcher
  /** The URL of `/healthz`, `/readyz` and `/metrics`. Undefined without HTTP. */
  readonly url: string | undefined
  /** Reads the configuration file again. If the file has mistakes, the old configuration stays in use and the call rejects. */
  reload(): Promise<void>
  /**
   * Rejects if the watcher can no longer work, because the thread of its embedded database has ended. Then call `stop()`. The promise never
   * resolves.
   */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

const defaultDatabase = 'jobscope-data'
const defaultPort = 9464

/** The keys whose changes a reload ignores. */
const restartKeys = ['database', 'concurrency', 'http', 'retention'] as const satisfies readonly (keyof Config)[]

const readyTimeout = 2_000

/**
 * Starts a watcher from a configuration file.
 *
 * @throws ConfigError if the file has mistakes
 */
export async function serve({
  config: file,
  database,
  env = process.env,
  http: hasHttp = true,
  log: stream = process.stderr,
}: ServeOptions): Promise<Server> {
  const secrets = new Set<string>()
  const log = createLog(stream, secrets)
  const reader = createSecretReader(env, secrets)
  const logError = (place: string) => (error: unknown) =>
    log.write('error', 'An operation failed. It will be repeated.', { place, error: describeError(error) })
  const { config, addPositions } = await readConfig(file)
  const { retention = {}, http = {}, concurrency } = config
  if (database !== undefined) checkLocation(database)
  const location = database ?? (await addPositions(() => readDatabase(config.database ?? defaultDatabase, reader)))
  if (URL.canParse(location)) secrets.add(new URL(location).password)

  let fail = (_error: Error) => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(error => log.write('error', 'The watcher cannot continue.', { error: describeError(error) }))
  const {
    database: opened,
    modules,
    options,
  } = await openWhileLoading(
    () => openDatabase(location, { onError: logError('database'), onEnd: error => fail(error) }),
    ({ createOptions }) => addPositions(() => createOptions(config, reader)),
  )
  const { createWatcher, createOptions, createMetrics, createPostgresStore } = modules

  let running: Watcher | undefined
  const metrics = createMetrics(() => running)
  const watcher = createWatcher({
    ...options,
    database: createPostgresStore({ database: opened, onError: logError('queue') }),
    concurrency,
    keepEvents: retention.events === undefined ? undefined : toMilliseconds(retention.events, 'retention.events'),
    keepHistory: retention.history === undefined ? undefined : toMilliseconds(retention.history, 'retention.history'),
    redact: log.redact,
    hooks: {
      ...metrics.hooks,
      onRun(shard, run) {
        metrics.hooks.onRun?.(shard, run)
        for (const error of run.errors) log.write('warn', 'A poll failed.', { shard, error: describeError(error) })
      },
      onSinkFailure(sink, error, isDeadLetter) {
        metrics.hooks.onSinkFailure?.(sink, error, isDeadLetter)
        log.write('warn', 'A delivery failed.', { sink, error: describeError(error), isDeadLetter })
      },
      onError: (error, place) => logError(place)(error),
    },
  })
  await watcher.start().catch(error => {
    throw createDatabaseError(error)
  })
  running = watcher
  const isReady = async () => {
    const timeout = new Promise<boolean>(resolve => setTimeout(resolve, readyTimeout, false).unref())
    return running ? Promise.race([running.query.shards().then(() => true), timeout]) : false
  }
  const { host = '127.0.0.1', port = defaultPort } = http
  const startHttp = () =>
    startHttpServer({ host, port, isReady, metrics }).catch(async error => {
      await watcher.stop()
      throw error
    })
  const server = hasHttp ? await startHttp() : undefined
  const url = server && `http://${host}:${(server.address() as AddressInfo).port}`
  log.write('info', 'The watcher has started.', { url, accounts: config.accounts.length })
  return {
    watcher,
    url,
    failed,
    async reload() {
      try {
        const next = await readConfig(file)
        await watcher.reload(await next.addPositions(() => createOptions(next.config, reader)))
        log.write('info', 'The configuration was loaded again.')
        const keys = restartKeys.filter(key => !isDeepStrictEqual(next.config[key], config[key]))
        if (keys.length > 0) log.write('warn', 'Some changes of the configuration need a restart.', { keys })
      } catch (error) {
        const message = 'The configuration was not loaded again. The old configuration stays in use.'
        log.write('error', message, { error: describeError(error) })
        throw error
      }
    },
    async stop() {
      running = undefined
      server?.close()
      server?.closeAllConnections()
      await watcher.stop()
      log.write('info', 'The watcher has stopped.')
    },
  }
}

const createDatabaseError = (error: unknown): Error =>
  new Error(`Cannot open the database. ${describeError(error)}`, { cause: error })

const loadModules = async () => ({
  ...(await import('./config/create-options.ts')),
  ...(await import('./create-watcher.ts')),
  ...(await import('./operations/metrics.ts')),
  ...(await import('./store/postgres-store.ts')),
})
type Modules = Awaited<ReturnType<typeof loadModules>>

/**
 * If the database is embedded, another thread opens it, which takes several seconds. Meanwhile, this thread loads the modules and
 * creates the clients.
 */
async function openWhileLoading<T>(open: () => Promise<Database>, createOptions: (modules: Modules) => Promise<T>) {
  const load = async () => {
    const modules = await loadModules()
    return { modules, options: await createOptions(modules) }
  }
  const [opened, loaded] = await Promise.allSettled([open(), load()])
  if (loaded.status === 'rejected') {
    if (opened.status === 'fulfilled') await opened.value.close()
    throw loaded.reason
  }
  if (opened.status === 'rejected') throw createDatabaseError(opened.reason)
  return { database: opened.value, ...loaded.value }
}
