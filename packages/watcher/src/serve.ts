import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Writable } from 'node:stream'
import { toMilliseconds } from '@jobscope/core/internal'
import type { Config } from './config/config.ts'
import { createOptions, createSecretReader } from './config/create-options.ts'
import { parseConfig } from './config/parse-config.ts'
import { createWatcher, type Watcher } from './create-watcher.ts'
import { startHttpServer } from './operations/http-server.ts'
import { createLog } from './operations/log.ts'
import { createMetrics } from './operations/metrics.ts'

export interface ServeOptions {
  /** The configuration file. */
  readonly config: string
  /** Replaces the database of the file. */
  readonly database?: string | undefined
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Where the log is written. @default standard error */
  readonly log?: Writable | undefined
}

export interface Server {
  readonly watcher: Watcher
  /** The URL of `/healthz`, `/readyz` and `/metrics`. */
  readonly url: string
  /** Reads the configuration file again. If the file has mistakes, the old configuration stays in use and the call rejects. */
  reload(): Promise<void>
  stop(): Promise<void>
}

const defaultDatabase = 'jobscope-data'
const defaultPort = 9464
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
  log: stream = process.stderr,
}: ServeOptions): Promise<Server> {
  const secrets = new Set<string>()
  const log = createLog(stream, secrets)
  const reader = createSecretReader(env, secrets)
  const readConfig = async (): Promise<Config> => parseConfig(await readFile(file, 'utf8'), file)
  const config = await readConfig()
  const options = await createOptions(config, reader)
  const { retention = {}, http = {}, concurrency } = config
  const configured = config.database ?? defaultDatabase
  const location = database ?? (typeof configured === 'string' ? configured : await reader.read(configured, 'database'))

  let running: Watcher | undefined
  const metrics = createMetrics(() => running)
  const watcher = createWatcher({
    ...options,
    database: location,
    concurrency,
    keepEvents: retention.events === undefined ? undefined : toMilliseconds(retention.events, 'retention.events'),
    keepHistory: retention.history === undefined ? undefined : toMilliseconds(retention.history, 'retention.history'),
    redact: log.redact,
    hooks: {
      ...metrics.hooks,
      onRun(shard, run) {
        metrics.hooks.onRun?.(shard, run)
        for (const error of run.errors) log.write('warn', 'A poll failed.', { shard, error: describe(error) })
      },
      onSinkFailure(sink, error, isDeadLetter) {
        metrics.hooks.onSinkFailure?.(sink, error, isDeadLetter)
        log.write('warn', 'A delivery failed.', { sink, error: describe(error), isDeadLetter })
      },
      onError: (error, place) =>
        log.write('error', 'An operation failed. It will be repeated.', { place, error: describe(error) }),
    },
  })
  await watcher.start()
  running = watcher
  const isReady = async () => {
    const timeout = new Promise<boolean>(resolve => setTimeout(resolve, readyTimeout, false).unref())
    return running ? Promise.race([running.query.shards().then(() => true), timeout]) : false
  }
  const { host = '127.0.0.1', port = defaultPort } = http
  const server = await startHttpServer({ host, port, isReady, metrics }).catch(async error => {
    await watcher.stop()
    throw error
  })
  const { port: actualPort } = server.address() as AddressInfo
  const url = `http://${host}:${actualPort}`
  log.write('info', 'The watcher has started.', { url, accounts: config.accounts.length })
  return {
    watcher,
    url,
    async reload() {
      await watcher.reload(await createOptions(await readConfig(), reader))
      log.write('info', 'The configuration was loaded again.')
    },
    async stop() {
      running = undefined
      server.close()
      server.closeAllConnections()
      await watcher.stop()
      log.write('info', 'The watcher has stopped.')
    },
  }
}

const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : `${error}`)
